import { IsId, OFFICIALS, standing } from '#contracts';
import { defineCommand, emit } from '#decider';
import { NO_STATEMENT } from '../series.js';
import { household, placesOf } from './household.js';

export class VoidStanding {
  @IsId() householdId: string;
  @IsId() standingId: string;
}

/** 农户属性记录作废: it never was so; what was said before it holds on. */
export const voidStanding = defineCommand({
  name: 'void-standing',
  title: { zh: '作废农户属性记录', en: 'Void a statement of how a household stands' },
  input: VoidStanding,
  example: { householdId: 'h-1', standingId: 'h-1.standing.2' },
  streams: (input) => ({ household: household.at(input.householdId) }),
  may: { roles: OFFICIALS, on: ({ states }) => placesOf(states.household) },
  refusals: { 'no-such-statement': NO_STATEMENT },
  decide: ({ input, states, refuse }) => {
    const now = states.household.state.standings.byKey.get(input.standingId);
    if (!now) return refuse('no-such-statement');
    return emit(states.household, standing.events.HouseholdStandingVoided.of(now, now.from));
  },
});
