import { isRefusal, refusal, type Refusal } from '#decider';
import type { Preparation, PreparationContext } from '#service-kit';
import type { NewPerson } from './person/new-person.js';
import { sealEntered } from './personal-data/seal-input.js';
import { destroyKeys, keepSealings, masterKeys, type Sealing } from './personal-data/vault.js';

type Input = Record<string, unknown>;

/** An id for what is new, where the caller chose none. */
const withId = (field: string): Preparation => async (input: Input, context) => ({ input: { ...input, [field]: input[field] ?? context.newId(field) } });

const sealAll = (persons: readonly NewPerson[], context: PreparationContext): { persons: object[]; sealings: Sealing[] } | Refusal => {
  const keys = masterKeys(context);
  const all = persons.map((entered, i) => sealEntered({ ...entered, personId: entered.personId ?? context.newId(`person-${i}`) }, context, keys));
  const wrong = all.findIndex(isRefusal);
  if (wrong >= 0) return refusal('wrong-identity-number', { ...(all[wrong] as unknown as Refusal).details, person: wrong + 1 });
  const sealed = all.flatMap((one) => (isRefusal(one) ? [] : [one]));
  return { persons: sealed.map(({ input }) => input), sealings: sealed.map(({ sealing }) => sealing) };
};

const registerHousehold: Preparation = async (input: { householdId?: string; persons?: NewPerson[] }, context) => {
  const sealed = sealAll(input.persons ?? [], context);
  if (isRefusal(sealed)) return sealed;
  return {
    input: { ...input, householdId: input.householdId ?? context.newId('householdId'), persons: sealed.persons },
    keep: (db) => keepSealings(db, sealed.sealings),
  };
};

const registerPerson: Preparation = async (input: NewPerson, context) => {
  const sealed = sealAll([input], context);
  return isRefusal(sealed) ? sealed : { input: sealed.persons[0], keep: (db) => keepSealings(db, sealed.sealings) };
};

const correctPersonDetails: Preparation = async (input: NewPerson, context) => {
  const sealed = sealEntered(input, context, masterKeys(context));
  return isRefusal(sealed) ? sealed : { input: sealed.input, keep: (db) => keepSealings(db, [sealed.sealing]) };
};

const erasePerson: Preparation = async (input: { personId: string }) => ({ input, keep: (db) => destroyKeys(db, input.personId) });

/** By command: ids for what is new, and personal data sealed before a decision sees it. */
export const preparations: Readonly<Record<string, Preparation>> = {
  'register-region': withId('regionId'),
  'register-household': registerHousehold,
  'split-household': withId('newHouseholdId'),
  'register-person': registerPerson,
  'correct-person-details': correctPersonDetails,
  'erase-person': erasePerson,
  'reveal-person': withId('revealId'),
  'register-parcel': withId('parcelId'),
  'record-planting': withId('plantingId'),
  'record-harvest': withId('harvestId'),
};
