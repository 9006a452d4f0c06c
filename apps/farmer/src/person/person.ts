import { IdentityReleased, IdentityReserved, latest, member, type MemberData, NONE, PersonDetailsSealed, PersonErased, stand, type Standing, standingOnes } from '#contracts';
import { defineStream, emit, type DomainEvent, type Emission, type Known, type Loaded, type Place, type StreamRef } from '#decider';
import { household, type HouseholdState, placesOf as placesOfHousehold } from '../household/household.js';

/** Name, identity number and phone, each sealed; what is left out is not known. */
export interface SealedDetails {
  readonly name: string;
  readonly identityNumber?: string;
  readonly phone?: string;
  /** Keyed hash of the identity number. */
  readonly identityKey?: string;
}

/** 农民: the households a person belonged to, one at a time, and sealed details. */
export interface PersonState {
  readonly placements: Standing<MemberData>;
  readonly details: SealedDetails | null;
  /** The identity number held, under its keyed hash; outlives an erasure. */
  readonly identityKey: string | null;
  readonly erased: boolean;
}

const sealed = (state: PersonState, details: SealedDetails): PersonState => ({ ...state, details, identityKey: details.identityKey ?? null });

export const person = defineStream<PersonState>({
  name: 'person',
  initial: { placements: NONE, details: null, identityKey: null, erased: false },
  evolve: (state, event: DomainEvent) => {
    if (event.type === PersonErased.type) return { ...state, details: null, erased: true };
    if (event.type === PersonDetailsSealed.type) return sealed(state, event.data as SealedDetails);
    return { ...state, placements: stand(state.placements, member, event) };
  },
});

/** A registration stands while one of its placements does. */
export const exists = (state: PersonState): boolean => state.placements.byKey.size > 0;

interface Holder {
  readonly personId: string | null;
}
/** 公民身份号码: held by one person at a time, under its keyed hash, so that no one is counted twice. */
export const identity = defineStream<Holder, DomainEvent<string, { personId: string }>>({
  name: 'identity',
  initial: { personId: null },
  evolve: (_, event) => ({ personId: event.type === IdentityReserved.type ? event.data.personId : null }),
});
export type Identity = Loaded<Holder>;
export const takenByAnother = (held: Identity, personId: string): boolean => held.state.personId !== null && held.state.personId !== personId;
export const reserve = (held: Identity, personId: string, day: string): Emission[] => emit(held, IdentityReserved.of({ personId }, day));
export const release = (held: Identity, personId: string, day: string): Emission[] =>
  held.state.personId === personId ? emit(held, IdentityReleased.of({ personId }, day)) : [];

/** The household a person belonged to last, once the person is loaded. */
export const householdsOf = (personId: string, known: Known): StreamRef<HouseholdState>[] => {
  const placed = standingOnes(known(person.at(personId))?.placements ?? NONE).filter((placement) => placement.householdId !== null);
  const householdId = latest<MemberData>({ made: 0, byKey: new Map(placed.map((placement) => [placement.factId, placement])) })?.householdId;
  return householdId ? [household.at(householdId)] : [];
};
export const placesOf = (households: readonly Loaded<HouseholdState>[]): Place[] => households.flatMap(placesOfHousehold);

export const NO_SUCH_PERSON = { zh: '没有登记过这个人,或其登记已作废', en: 'no such person, or the registration is void' };
export const IDENTITY_TAKEN = { zh: '该身份证号码已登记在另一人名下', en: 'another person is registered under this identity number' };
export const WRONG_IDENTITY = { zh: '身份证号码不正确:{reason}', en: 'not a valid identity number: {reasonEn}' };
