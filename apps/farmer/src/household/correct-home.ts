import { corrected, home, IsDay, IsId, OFFICIALS, statedOn } from '#contracts';
import { defineCommand, emit } from '#decider';
import { IsOptional } from 'class-validator';
import { NO_STATEMENT, STATED_THAT_DAY } from '../series.js';
import { household, isVillage, NOT_A_VILLAGE, placesOf, villageOf } from './household.js';

export class CorrectHome {
  @IsId() householdId: string;
  @IsId() homeId: string;
  @IsOptional() @IsId() villageId?: string;
  @IsOptional() @IsDay() validFrom?: string;
}

/** 更正住址: village or day were entered wrongly. */
export const correctHome = defineCommand({
  name: 'correct-home',
  title: { zh: '更正农户住址', en: "Correct a household's home" },
  input: CorrectHome,
  example: { householdId: 'h-1', homeId: 'h-1.home.1', villageId: 'r-410308103204' },
  streams: (input) => ({ household: household.at(input.householdId) }),
  needs: (input) => ({ village: input.villageId === undefined ? [] : [villageOf(input.villageId)] }),
  may: { roles: OFFICIALS, on: ({ states }) => placesOf(states.household) },
  refusals: { 'no-such-statement': NO_STATEMENT, 'not-a-village': NOT_A_VILLAGE, 'already-stated': STATED_THAT_DAY },
  decide: ({ input: { homeId, villageId, validFrom }, states, facts, refuse }) => {
    const { homes } = states.household.state;
    const now = homes.byKey.get(homeId);
    if (!now) return refuse('no-such-statement');
    if (!facts.village.every(isVillage)) return refuse('not-a-village');
    const next = corrected(now, { villageId, from: validFrom });
    if (!next) return [];
    if (statedOn(homes, next.from, homeId)) return refuse('already-stated', { day: next.from });
    return emit(states.household, home.events.HouseholdHomeCorrected.of(next, next.from));
  },
});
