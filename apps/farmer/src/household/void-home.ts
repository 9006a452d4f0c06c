import { home, IsId, OFFICIALS } from '#contracts';
import { defineCommand, emit } from '#decider';
import { NO_STATEMENT } from '../series.js';
import { household, placesOf } from './household.js';

export class VoidHome {
  @IsId() householdId: string;
  @IsId() homeId: string;
}

/** 住址记录作废: it was never at home there. With its last home void, the household was registered in error. */
export const voidHome = defineCommand({
  name: 'void-home',
  title: { zh: '作废农户住址记录', en: "Void a household's home" },
  input: VoidHome,
  example: { householdId: 'h-1', homeId: 'h-1.home.2' },
  streams: (input) => ({ household: household.at(input.householdId) }),
  may: { roles: OFFICIALS, on: ({ states }) => placesOf(states.household) },
  refusals: { 'no-such-statement': NO_STATEMENT },
  decide: ({ input, states, refuse }) => {
    const now = states.household.state.homes.byKey.get(input.homeId);
    if (!now) return refuse('no-such-statement');
    return emit(states.household, home.events.HouseholdHomeVoided.of(now, now.from));
  },
});
