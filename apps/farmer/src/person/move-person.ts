import { IsDay, IsId, member, OFFICIALS } from '#contracts';
import { defineCommand, emit, isRefusal } from '#decider';
import { IsOptional } from 'class-validator';
import { exists, household, NO_SUCH_HOUSEHOLD } from '../household/household.js';
import { householdsOf, NO_SUCH_PERSON, person, placesOf } from './person.js';
import { placed } from './place-person.js';
import { PLACEMENT_REFUSALS } from './placements.js';

export class MovePerson {
  @IsId() personId: string;
  /** The household it belongs to from now on. */
  @IsId() householdId: string;
  @IsOptional() @IsDay() validFrom?: string;
}

/** 人员转户: a person belongs to another household from this day on, and to no other. Who had left may come back so. */
export const movePerson = defineCommand({
  name: 'move-person',
  title: { zh: '人员转户', en: 'Move a person to another household' },
  input: MovePerson,
  example: { personId: 'p-1', householdId: 'h-2', validFrom: '2022-08-01' },
  streams: (input, known) => ({ person: person.at(input.personId), household: household.at(input.householdId), households: householdsOf(input.personId, known) }),
  may: { roles: OFFICIALS, on: ({ states }) => placesOf([...states.households, states.household]) },
  refusals: { ...PLACEMENT_REFUSALS, 'no-such-person': NO_SUCH_PERSON, 'no-such-household': NO_SUCH_HOUSEHOLD },
  decide: ({ input: { householdId, validFrom }, states, today, refuse }) => {
    const from = validFrom ?? today;
    if (!exists(states.household.state)) return refuse('no-such-household');
    const next = placed(states.person, { from, householdId, reason: 'MOVED' });
    return isRefusal(next) ? next : emit(states.person, member.events.PersonMoved.of(next, from));
  },
});
