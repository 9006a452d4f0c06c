import { home, IsDay, IsId, IsNewId, member, OFFICIALS, standing } from '#contracts';
import { defineCommand, emit, type Emission, isRefusal, type Loaded, refusal, type Refusal } from '#decider';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsBoolean, IsOptional } from 'class-validator';
import { person, type PersonState } from '../person/person.js';
import { PLACEMENT_REFUSALS, problemOf } from '../person/placements.js';
import { ID_TAKEN, inForceOn, nextKey } from '../series.js';
import { exists, household, type HouseholdState, isVillage, NO_SUCH_HOUSEHOLD, NOT_A_VILLAGE, NOT_YET_A_HOUSEHOLD, placesOf, standingWith, villageOf } from './household.js';

export class SplitHousehold {
  @IsId() householdId: string;
  /** Left out: made by the service. */
  @IsOptional() @IsNewId() newHouseholdId: string;
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(30) @ArrayUnique() @IsId({ each: true }) personIds: string[];
  /** Home of the new household; that of the old one when left out. */
  @IsOptional() @IsId() villageId?: string;
  /** As the old one stands when left out; so is `eligible`. */
  @IsOptional() @IsBoolean() resident?: boolean;
  @IsOptional() @IsBoolean() eligible?: boolean;
  @IsOptional() @IsDay() validFrom?: string;
}

interface Step {
  readonly householdId: string;
  readonly from: string;
}

const movedTo = (into: Step, out: string, one: Loaded<PersonState>): Emission[] | Refusal<'not-a-member' | keyof typeof PLACEMENT_REFUSALS> => {
  const { placements } = one.state;
  if (inForceOn(placements, into.from)?.householdId !== out) return refusal('not-a-member', { person: one.ref.id, day: into.from });
  const fact = { factId: nextKey(one.ref.id, 'member', placements), personId: one.ref.id, ...into, reason: 'SPLIT' as const };
  const problem = problemOf(placements, fact);
  return problem ? refusal(problem, { day: into.from }) : emit(one, member.events.PersonMoved.of(fact, into.from));
};

const homeOf = (input: SplitHousehold, old: HouseholdState, from: string): string | undefined => input.villageId ?? inForceOn(old.homes, from)?.villageId;

/** All of them move, or the first reason why not. */
const movedAll = (into: Step, out: string, persons: readonly Loaded<PersonState>[]): ReturnType<typeof movedTo> => {
  const moves: Emission[] = [];
  for (const one of persons) {
    const moved = movedTo(into, out, one);
    if (isRefusal(moved)) return moved;
    moves.push(...moved);
  }
  return moves;
};

/** 分户: some persons of a household become one of their own; all of it happens on one day, or nothing does. */
export const splitHousehold = defineCommand({
  name: 'split-household',
  title: { zh: '分户', en: 'Split a household' },
  input: SplitHousehold,
  example: { householdId: 'h-1', newHouseholdId: 'h-2', personIds: ['p-2'], validFrom: '2022-08-01' },
  streams: (input) => {
    const old = household.at(input.householdId);
    return { household: old, newHousehold: household.at(input.newHouseholdId, old.key), persons: input.personIds.map((id) => person.at(id, old.key)) };
  },
  needs: (input) => ({ village: input.villageId === undefined ? [] : [villageOf(input.villageId)] }),
  may: { roles: OFFICIALS, on: ({ states }) => placesOf(states.household) },
  refusals: {
    ...PLACEMENT_REFUSALS,
    'no-such-household': NO_SUCH_HOUSEHOLD,
    'not-yet-then': NOT_YET_A_HOUSEHOLD,
    'not-a-village': NOT_A_VILLAGE,
    'id-taken': ID_TAKEN,
    'not-a-member': { zh: '{person} 在 {day} 不属于该农户', en: '{person} does not belong to the household on {day}' },
  },
  decide: ({ input, states, facts, today, refuse }) => {
    const { householdId: splitFrom, newHouseholdId: householdId, validFrom: from = today } = input;
    const [old, born] = [states.household.state, states.newHousehold];
    if (!exists(old)) return refuse('no-such-household');
    if (born.version > 0) return refuse('id-taken', { id: householdId });
    if (!facts.village.every(isVillage)) return refuse('not-a-village');
    const villageId = homeOf(input, old, from);
    if (villageId === undefined) return refuse('not-yet-then', { day: from });
    const moves = movedAll({ householdId, from }, splitFrom, states.persons);
    if (isRefusal(moves)) return moves;
    return [
      ...emit(
        born,
        home.events.HouseholdSplit.of({ factId: nextKey(householdId, 'home', born.state.homes), from, householdId, villageId, splitFrom }, from),
        standing.events.HouseholdStandingStated.of({ factId: nextKey(householdId, 'standing', born.state.standings), from, householdId, ...standingWith(input, old, from) }, from),
      ),
      ...moves,
    ];
  },
});
