import { IsDay, IsId, OFFICIALS, standing, statedOn } from '#contracts';
import { defineCommand, emit } from '#decider';
import { IsBoolean, IsOptional } from 'class-validator';
import { nextKey, STATED_THAT_DAY } from '../series.js';
import { exists, household, NO_SUCH_HOUSEHOLD, placesOf, standingWith } from './household.js';

export class StateStanding {
  @IsId() householdId: string;
  /** 常住; as it was when left out. */
  @IsOptional() @IsBoolean() resident?: boolean;
  /** 有产业发展条件; as it was when left out. */
  @IsOptional() @IsBoolean() eligible?: boolean;
  @IsOptional() @IsDay() validFrom?: string;
}

/** 农户属性: resident and eligible from this day on; the denominators of the binding rates. */
export const stateStanding = defineCommand({
  name: 'state-standing',
  title: { zh: '登记农户属性', en: 'State how a household stands' },
  input: StateStanding,
  example: { householdId: 'h-1', resident: true, eligible: false, validFrom: '2022-04-01' },
  streams: (input) => ({ household: household.at(input.householdId) }),
  may: { roles: OFFICIALS, on: ({ states }) => placesOf(states.household) },
  refusals: { 'no-such-household': NO_SUCH_HOUSEHOLD, 'already-stated': STATED_THAT_DAY },
  decide: ({ input, states, today, refuse }) => {
    const from = input.validFrom ?? today;
    const { state } = states.household;
    if (!exists(state)) return refuse('no-such-household');
    if (statedOn(state.standings, from)) return refuse('already-stated', { day: from });
    const factId = nextKey(input.householdId, 'standing', state.standings);
    return emit(states.household, standing.events.HouseholdStandingStated.of({ factId, from, householdId: input.householdId, ...standingWith(input, state, from) }, from));
  },
});
