import { corrected, enterprise as fact, IsDay, IsId } from '#contracts';
import { defineCommand, emit } from '#decider';
import { addDays } from '#standards';
import { ENDS_TOO_EARLY, enterprise, NOT_REGISTERED, placesOf } from './enterprise.js';
import { REGISTRARS } from './register-enterprise.js';

export class CorrectDissolution {
  @IsId() enterpriseId: string;
  @IsDay() validThrough: string;
}

/** 更正企业注销日期: it was dissolved on another day than was entered. */
export const correctDissolution = defineCommand({
  name: 'correct-enterprise-dissolution',
  title: { zh: '更正企业注销日期', en: "Correct the day of an enterprise's dissolution" },
  input: CorrectDissolution,
  example: { enterpriseId: 'e-1', validThrough: '2022-05-31' },
  streams: (input) => ({ enterprise: enterprise.at(input.enterpriseId) }),
  may: { roles: REGISTRARS, on: ({ states }) => placesOf(states.enterprise) },
  refusals: { 'not-registered': NOT_REGISTERED, 'not-dissolved': { zh: '该企业没有注销', en: 'it is not dissolved' }, 'ends-before-it-begins': ENDS_TOO_EARLY },
  decide: ({ input, states, refuse }) => {
    const now = states.enterprise.state.registration;
    if (!now) return refuse('not-registered');
    if (now.to === null) return refuse('not-dissolved');
    if (input.validThrough < now.from) return refuse('ends-before-it-begins');
    const next = corrected(now, { to: addDays(input.validThrough, 1) });
    return next ? emit(states.enterprise, fact.events.EnterpriseDissolutionCorrected.of(next, input.validThrough)) : [];
  },
});
