import { IsId, OFFICIALS, registration } from '#contracts';
import { defineCommand, emit } from '#decider';
import { cooperative, NOT_REGISTERED, placesOf } from './cooperative.js';

export class VoidDissolution {
  @IsId() cooperativeId: string;
}

/** 撤销注销: it was never dissolved, and stands as if the dissolution had not been entered. */
export const voidDissolution = defineCommand({
  name: 'void-dissolution',
  title: { zh: '撤销合作社注销', en: "Void a cooperative's dissolution" },
  input: VoidDissolution,
  example: { cooperativeId: 'c-1' },
  streams: (input) => ({ cooperative: cooperative.at(input.cooperativeId) }),
  may: { roles: OFFICIALS, on: ({ states }) => placesOf(states.cooperative) },
  refusals: { 'not-registered': NOT_REGISTERED, 'not-dissolved': { zh: '该合作社没有注销', en: 'it is not dissolved' } },
  decide: ({ states, refuse }) => {
    const now = states.cooperative.state.registration;
    if (!now) return refuse('not-registered');
    if (now.to === null) return refuse('not-dissolved');
    return emit(states.cooperative, registration.events.CooperativeDissolutionVoided.of({ ...now, to: null }, now.from));
  },
});
