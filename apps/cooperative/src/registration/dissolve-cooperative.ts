import { IsDay, IsId, OFFICIALS, registration } from '#contracts';
import { defineCommand, emit } from '#decider';
import { addDays } from '#standards';
import { cooperative, NOT_REGISTERED, placesOf } from './cooperative.js';

export class DissolveCooperative {
  @IsId() cooperativeId: string;
  /** Last day of the registration. */
  @IsDay() validThrough: string;
}

/** 合作社注销: registered through this day. Its bindings are not touched: they count only while it is registered. */
export const dissolveCooperative = defineCommand({
  name: 'dissolve-cooperative',
  title: { zh: '注销合作社', en: 'Dissolve a cooperative' },
  input: DissolveCooperative,
  example: { cooperativeId: 'c-1', validThrough: '2022-06-30' },
  streams: (input) => ({ cooperative: cooperative.at(input.cooperativeId) }),
  may: { roles: OFFICIALS, on: ({ states }) => placesOf(states.cooperative) },
  refusals: {
    'not-registered': NOT_REGISTERED,
    'already-dissolved': { zh: '已于 {day} 注销;如有误请更正', en: 'dissolved as of {day} already; correct that if it is wrong' },
    'ends-before-it-begins': { zh: '注销日期早于登记日期', en: 'it cannot end before it begins' },
  },
  decide: ({ input, states, refuse }) => {
    const now = states.cooperative.state.registration;
    if (!now) return refuse('not-registered');
    if (now.to !== null) return refuse('already-dissolved', { day: addDays(now.to, -1) });
    if (input.validThrough < now.from) return refuse('ends-before-it-begins');
    return emit(states.cooperative, registration.events.CooperativeDissolved.of({ ...now, to: addDays(input.validThrough, 1) }, input.validThrough));
  },
});
