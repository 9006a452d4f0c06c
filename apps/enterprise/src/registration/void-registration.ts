import { enterprise as fact, IsId } from '#contracts';
import { defineCommand, emit } from '#decider';
import { codeStream, release } from './credit-code.js';
import { enterprise, NOT_REGISTERED, placesOf } from './enterprise.js';
import { REGISTRARS } from './register-enterprise.js';

export class VoidRegistration {
  @IsId() enterpriseId: string;
}

/** 企业登记作废: it was registered in error and never was; its credit code is free again. */
export const voidRegistration = defineCommand({
  name: 'void-enterprise-registration',
  title: { zh: '作废企业登记', en: "Void an enterprise's registration" },
  input: VoidRegistration,
  example: { enterpriseId: 'e-1' },
  streams: (input, known) => {
    const ref = enterprise.at(input.enterpriseId);
    const now = known(ref)?.registration;
    return { enterprise: ref, codes: now ? [codeStream(now.creditCode, ref.id)] : [] };
  },
  may: { roles: REGISTRARS, on: ({ states }) => placesOf(states.enterprise) },
  refusals: { 'not-registered': NOT_REGISTERED },
  decide: ({ states, today, refuse }) => {
    const now = states.enterprise.state.registration;
    if (!now) return refuse('not-registered');
    const freed = states.codes.flatMap((code) => release(code, now.enterpriseId, today));
    return [...emit(states.enterprise, fact.events.EnterpriseRegistrationVoided.of(now, now.from)), ...freed];
  },
});
