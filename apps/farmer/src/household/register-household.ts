import { home, IsDay, IsId, IsNewId, OFFICIALS, standing } from '#contracts';
import { defineCommand, emit, isRefusal } from '#decider';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsOptional, ValidateNested } from 'class-validator';
import { admit, identitiesOf, NewPerson, NEW_PERSON_REFUSALS } from '../person/new-person.js';
import { person } from '../person/person.js';
import { ID_TAKEN, nextKey } from '../series.js';
import { household, NOT_A_VILLAGE, villageOf } from './household.js';

export class RegisterHousehold {
  /** Left out: made by the service. */
  @IsOptional() @IsNewId() householdId: string;
  @IsId() villageId: string;
  /** 常住 */
  @IsBoolean() resident: boolean;
  /** 有产业发展条件 */
  @IsBoolean() eligible: boolean;
  @IsOptional() @IsArray() @ArrayMaxSize(30) @ValidateNested({ each: true }) @Type(() => NewPerson) persons?: NewPerson[];
  /** Day from which all of it holds; today when left out. */
  @IsOptional() @IsDay() validFrom?: string;
}

/** 登记农户: a household with its first home, how it stands and who belongs to it, all at once or not at all. */
export const registerHousehold = defineCommand({
  name: 'register-household',
  title: { zh: '登记农户', en: 'Register a household' },
  input: RegisterHousehold,
  example: {
    householdId: 'h-1', villageId: 'r-410308103210', resident: true, eligible: true, validFrom: '2022-01-01',
    persons: [{ personId: 'p-1', name: '张三丰', identityNumber: '999999197001010017', phone: '13800000000' }],
  },
  streams: (input) => {
    const ref = household.at(input.householdId);
    const persons = input.persons ?? [];
    return { household: ref, persons: persons.map(({ personId }) => person.at(personId, ref.key)), identities: identitiesOf(persons, ref.key) };
  },
  needs: (input) => ({ village: villageOf(input.villageId) }),
  may: { roles: OFFICIALS, on: ({ input }) => [{ village: input.villageId }] },
  refusals: { ...NEW_PERSON_REFUSALS, 'not-a-village': NOT_A_VILLAGE, 'id-taken': ID_TAKEN },
  decide: ({ input, states, facts, today, refuse }) => {
    const { householdId, villageId, resident, eligible, persons = [], validFrom: from = today } = input;
    if (states.household.version > 0) return refuse('id-taken', { id: householdId });
    if (facts.village.level !== 'VILLAGE') return refuse('not-a-village');
    const admitted = admit(persons, { householdId, from }, states);
    if (isRefusal(admitted)) return admitted;
    const { homes, standings } = states.household.state;
    return [
      ...emit(
        states.household,
        home.events.HouseholdRegistered.of({ factId: nextKey(householdId, 'home', homes), from, householdId, villageId }, from),
        standing.events.HouseholdStandingStated.of({ factId: nextKey(householdId, 'standing', standings), from, householdId, resident, eligible }, from),
      ),
      ...admitted,
    ];
  },
});
