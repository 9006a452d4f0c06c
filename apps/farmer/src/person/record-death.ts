import { IsDay, IsId, member, OFFICIALS } from '#contracts';
import { defineCommand, emit, isRefusal } from '#decider';
import { IsOptional } from 'class-validator';
import { householdsOf, NO_SUCH_PERSON, person, placesOf } from './person.js';
import { placed } from './place-person.js';
import { PLACEMENT_REFUSALS } from './placements.js';

export class RecordDeath {
  @IsId() personId: string;
  @IsOptional() @IsDay() validFrom?: string;
}

/** 去世: from this day on the person belongs to no household; nothing follows. */
export const recordDeath = defineCommand({
  name: 'record-death',
  title: { zh: '登记去世', en: 'Record a death' },
  input: RecordDeath,
  example: { personId: 'p-1', validFrom: '2022-08-01' },
  streams: (input, known) => ({ person: person.at(input.personId), households: householdsOf(input.personId, known) }),
  may: { roles: OFFICIALS, on: ({ states }) => placesOf(states.households) },
  refusals: { ...PLACEMENT_REFUSALS, 'no-such-person': NO_SUCH_PERSON },
  decide: ({ input, states, today }) => {
    const from = input.validFrom ?? today;
    const next = placed(states.person, { from, householdId: null, reason: 'DIED' });
    return isRefusal(next) ? next : emit(states.person, member.events.PersonDied.of(next, from));
  },
});
