import { corrected, IsDay, IsId, member, OFFICIALS } from '#contracts';
import { defineCommand, emit } from '#decider';
import { IsOptional } from 'class-validator';
import { exists, household, NO_SUCH_HOUSEHOLD } from '../household/household.js';
import { NO_STATEMENT } from '../series.js';
import { householdsOf, person, placesOf } from './person.js';
import { PLACEMENT_REFUSALS, problemOf } from './placements.js';

export class CorrectPlacement {
  @IsId() personId: string;
  @IsId() placementId: string;
  /** Not for a leaving or a death. */
  @IsOptional() @IsId() householdId?: string;
  @IsOptional() @IsDay() validFrom?: string;
}

/** 更正人员归属: the household or the day of joining, moving, leaving or death was entered wrongly. */
export const correctPlacement = defineCommand({
  name: 'correct-placement',
  title: { zh: '更正人员归属', en: 'Correct which household a person belongs to' },
  input: CorrectPlacement,
  example: { personId: 'p-1', placementId: 'p-1.member.1', validFrom: '2022-02-01' },
  streams: (input, known) => ({
    person: person.at(input.personId),
    households: householdsOf(input.personId, known),
    into: input.householdId === undefined ? [] : [household.at(input.householdId)],
  }),
  may: { roles: OFFICIALS, on: ({ states }) => placesOf(states.households) },
  refusals: {
    ...PLACEMENT_REFUSALS,
    'no-such-statement': NO_STATEMENT,
    'no-such-household': NO_SUCH_HOUSEHOLD,
    'belongs-to-none': { zh: '迁出或去世的记录不属于任何农户', en: 'after leaving or death a person belongs to no household' },
  },
  decide: ({ input: { placementId, householdId, validFrom }, states, refuse }) => {
    const { placements } = states.person.state;
    const now = placements.byKey.get(placementId);
    if (!now) return refuse('no-such-statement');
    if (householdId !== undefined && now.householdId === null) return refuse('belongs-to-none');
    if (states.into.some(({ state }) => !exists(state))) return refuse('no-such-household');
    const next = corrected(now, { householdId, from: validFrom });
    if (!next) return [];
    const problem = problemOf(placements, next);
    if (problem) return refuse(problem, { day: next.from });
    return emit(states.person, member.events.PersonPlacementCorrected.of(next, next.from));
  },
});
