import { home, IsDay, IsId, OFFICIALS, statedOn } from '#contracts';
import { defineCommand, emit } from '#decider';
import { IsOptional } from 'class-validator';
import { nextKey, STATED_THAT_DAY } from '../series.js';
import { exists, household, NO_SUCH_HOUSEHOLD, NOT_A_VILLAGE, placesOf, villageOf } from './household.js';

export class MoveHousehold {
  @IsId() householdId: string;
  @IsId() villageId: string;
  @IsOptional() @IsDay() validFrom?: string;
}

/** 农户迁移: the household is at home in another village from this day on; earlier days keep the former one. */
export const moveHousehold = defineCommand({
  name: 'move-household',
  title: { zh: '农户迁移', en: 'Move a household' },
  input: MoveHousehold,
  example: { householdId: 'h-1', villageId: 'r-410308103204', validFrom: '2022-09-01' },
  streams: (input) => ({ household: household.at(input.householdId) }),
  needs: (input) => ({ village: villageOf(input.villageId) }),
  may: { roles: OFFICIALS, on: ({ input, states }) => [...placesOf(states.household), { village: input.villageId }] },
  refusals: { 'no-such-household': NO_SUCH_HOUSEHOLD, 'not-a-village': NOT_A_VILLAGE, 'already-stated': STATED_THAT_DAY },
  decide: ({ input: { householdId, villageId, validFrom }, states, facts, today, refuse }) => {
    const from = validFrom ?? today;
    const { state } = states.household;
    if (!exists(state)) return refuse('no-such-household');
    if (facts.village.level !== 'VILLAGE') return refuse('not-a-village');
    if (statedOn(state.homes, from)) return refuse('already-stated', { day: from });
    const factId = nextKey(householdId, 'home', state.homes);
    return emit(states.household, home.events.HouseholdMoved.of({ factId, from, householdId, villageId }, from));
  },
});
