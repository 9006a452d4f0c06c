import { corrected, IsDay, IsId, OFFICIALS, standing, statedOn } from '#contracts';
import { defineCommand, emit } from '#decider';
import { IsBoolean, IsOptional } from 'class-validator';
import { NO_STATEMENT, STATED_THAT_DAY } from '../series.js';
import { household, placesOf } from './household.js';

export class CorrectStanding {
  @IsId() householdId: string;
  @IsId() standingId: string;
  @IsOptional() @IsBoolean() resident?: boolean;
  @IsOptional() @IsBoolean() eligible?: boolean;
  @IsOptional() @IsDay() validFrom?: string;
}

/** 更正农户属性: a value or its day was entered wrongly. */
export const correctStanding = defineCommand({
  name: 'correct-standing',
  title: { zh: '更正农户属性', en: 'Correct how a household stands' },
  input: CorrectStanding,
  example: { householdId: 'h-1', standingId: 'h-1.standing.1', eligible: false },
  streams: (input) => ({ household: household.at(input.householdId) }),
  may: { roles: OFFICIALS, on: ({ states }) => placesOf(states.household) },
  refusals: { 'no-such-statement': NO_STATEMENT, 'already-stated': STATED_THAT_DAY },
  decide: ({ input: { standingId, resident, eligible, validFrom }, states, refuse }) => {
    const { standings } = states.household.state;
    const now = standings.byKey.get(standingId);
    if (!now) return refuse('no-such-statement');
    const next = corrected(now, { resident, eligible, from: validFrom });
    if (!next) return [];
    if (statedOn(standings, next.from, standingId)) return refuse('already-stated', { day: next.from });
    return emit(states.household, standing.events.HouseholdStandingCorrected.of(next, next.from));
  },
});
