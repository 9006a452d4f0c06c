import { IsId, OFFICIALS, registration } from '#contracts';
import { defineCommand, emit } from '#decider';
import { cooperative, NOT_REGISTERED, placesOf } from './cooperative.js';
import { codeStream, release } from './credit-code.js';

export class VoidRegistration {
  @IsId() cooperativeId: string;
}

/** 登记作废: it was registered in error and never was; its credit code is free again. */
export const voidRegistration = defineCommand({
  name: 'void-registration',
  title: { zh: '作废合作社登记', en: "Void a cooperative's registration" },
  input: VoidRegistration,
  example: { cooperativeId: 'c-1' },
  streams: (input, known) => {
    const ref = cooperative.at(input.cooperativeId);
    const now = known(ref)?.registration;
    return { cooperative: ref, codes: now ? [codeStream(now.creditCode, ref.id)] : [] };
  },
  may: { roles: OFFICIALS, on: ({ states }) => placesOf(states.cooperative) },
  refusals: { 'not-registered': NOT_REGISTERED },
  decide: ({ states, today, refuse }) => {
    const now = states.cooperative.state.registration;
    if (!now) return refuse('not-registered');
    const freed = states.codes.flatMap((code) => release(code, now.cooperativeId, today));
    return [...emit(states.cooperative, registration.events.CooperativeRegistrationVoided.of(now, now.from)), ...freed];
  },
});
