import { IsDay, IsId, OFFICIALS } from '#contracts';
import { defineCommand } from '#decider';
import { IsOptional } from 'class-validator';
import { exists, firstDay, household, NO_SUCH_HOUSEHOLD, NOT_YET_A_HOUSEHOLD, placesOf } from '../household/household.js';
import { admit, identitiesOf, NEW_PERSON_REFUSALS, NewPerson } from './new-person.js';
import { person } from './person.js';

export class RegisterPerson extends NewPerson {
  @IsId() householdId: string;
  /** Day of joining; today when left out. */
  @IsOptional() @IsDay() validFrom?: string;
}

/** 登记人员: a person joins a household, by birth, marriage or first registration; one person per identity number. */
export const registerPerson = defineCommand({
  name: 'register-person',
  title: { zh: '登记人员', en: 'Register a person' },
  input: RegisterPerson,
  example: { personId: 'p-2', householdId: 'h-1', name: '李四', identityNumber: '999999198002290019', phone: '13900000000', validFrom: '2022-03-01' },
  streams: (input) => {
    const ref = household.at(input.householdId);
    return { household: ref, persons: [person.at(input.personId, ref.key)], identities: identitiesOf([input], ref.key) };
  },
  may: { roles: OFFICIALS, on: ({ states }) => placesOf(states.household) },
  refusals: { ...NEW_PERSON_REFUSALS, 'no-such-household': NO_SUCH_HOUSEHOLD, 'not-yet-then': NOT_YET_A_HOUSEHOLD },
  decide: ({ input, states, today, refuse }) => {
    const from = input.validFrom ?? today;
    const { state } = states.household;
    if (!exists(state)) return refuse('no-such-household');
    if (from < (firstDay(state) ?? '')) return refuse('not-yet-then', { day: from });
    return admit([input], { householdId: input.householdId, from }, states);
  },
});
