import { corrected, IsDay, IsId, OFFICIALS, registration } from '#contracts';
import { defineCommand, emit } from '#decider';
import { addDays } from '#standards';
import { cooperative, NOT_REGISTERED, placesOf } from './cooperative.js';

export class CorrectDissolution {
  @IsId() cooperativeId: string;
  @IsDay() validThrough: string;
}

/** 更正注销日期: it was dissolved on another day than was entered. */
export const correctDissolution = defineCommand({
  name: 'correct-dissolution',
  title: { zh: '更正合作社注销日期', en: "Correct the day of a cooperative's dissolution" },
  input: CorrectDissolution,
  example: { cooperativeId: 'c-1', validThrough: '2022-05-31' },
  streams: (input) => ({ cooperative: cooperative.at(input.cooperativeId) }),
  may: { roles: OFFICIALS, on: ({ states }) => placesOf(states.cooperative) },
  refusals: {
    'not-registered': NOT_REGISTERED,
    'not-dissolved': { zh: '该合作社没有注销', en: 'it is not dissolved' },
    'ends-before-it-begins': { zh: '注销日期早于登记日期', en: 'it cannot end before it begins' },
  },
  decide: ({ input, states, refuse }) => {
    const now = states.cooperative.state.registration;
    if (!now) return refuse('not-registered');
    if (now.to === null) return refuse('not-dissolved');
    if (input.validThrough < now.from) return refuse('ends-before-it-begins');
    const next = corrected(now, { to: addDays(input.validThrough, 1) });
    return next ? emit(states.cooperative, registration.events.CooperativeDissolutionCorrected.of(next, input.validThrough)) : [];
  },
});
