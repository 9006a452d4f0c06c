import type { MemberData } from '#contracts';
import { type Loaded, refusal, type Refusal } from '#decider';
import { nextKey } from '../series.js';
import { exists, type PersonState } from './person.js';
import { type PLACEMENT_REFUSALS, problemOf } from './placements.js';

/** The next placement of a person who is registered, or why there is none. */
export const placed = (one: Loaded<PersonState>, next: Pick<MemberData, 'from' | 'householdId' | 'reason'>): MemberData | Refusal<'no-such-person' | keyof typeof PLACEMENT_REFUSALS> => {
  const { placements } = one.state;
  if (!exists(one.state)) return refusal('no-such-person');
  const fact = { factId: nextKey(one.ref.id, 'member', placements), from: next.from, personId: one.ref.id, householdId: next.householdId, reason: next.reason };
  const problem = problemOf(placements, fact);
  return problem ? refusal(problem, { day: next.from }) : fact;
};
