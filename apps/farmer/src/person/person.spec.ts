import { home, IdentityReleased, IdentityReserved, member, type MemberData, PersonDetailsSealed } from '#contracts';
import { given } from '#decider';
import { household } from '../household/household.js';
import { correctPlacement } from './correct-placement.js';
import { movePerson } from './move-person.js';
import { identity, person } from './person.js';
import { recordDeath } from './record-death.js';
import { recordLeaving } from './record-leaving.js';
import { registerPerson } from './register-person.js';
import { voidPerson } from './void-person.js';
import { voidPlacement } from './void-placement.js';

const { events: H } = home;
const { events: M } = member;
const DAY = '2022-01-01';
const TODAY = '2022-07-18';
const sealed = { name: 'sm1.k.a.b.c', identityNumber: 'sm1.k.d.e.f', identityKey: 'abc' };
const joined: MemberData = { factId: 'p-1.member.1', from: DAY, personId: 'p-1', householdId: 'h-1', reason: 'JOINED' };
const moved: MemberData = { ...joined, factId: 'p-1.member.2', from: '2022-08-01', householdId: 'h-2', reason: 'MOVED' };
const died: MemberData = { ...moved, householdId: null, reason: 'DIED' };
const atHome = (householdId: string) => H.HouseholdRegistered.of({ factId: `${householdId}.home.1`, from: DAY, householdId, villageId: 'v' }, DAY);
const homes = given().events(household.at('h-1'), atHome('h-1')).events(household.at('h-2'), atHome('h-2'));
const known = homes
  .events(person.at('p-1'), M.PersonRegistered.of(joined, DAY), PersonDetailsSealed.of({ ...sealed, personId: 'p-1' }, DAY))
  .events(identity.at('abc'), IdentityReserved.of({ personId: 'p-1' }, DAY));
const dead = known.events(person.at('p-1'), M.PersonDied.of(died, died.from));
const p1 = { personId: 'p-1' };

describe('Joining', () => {
  const input = { personId: 'p-2', householdId: 'h-1', name: '', validFrom: '2022-03-01' };
  test('a person joins a household', () =>
    homes.when(registerPerson, input).emits(M.PersonRegistered.of({ ...joined, factId: 'p-2.member.1', from: '2022-03-01', personId: 'p-2' }, '2022-03-01')));
  test('a number is held by one person', () => known.when(registerPerson, { ...input, sealed }).rejects('identity-taken'));
  test('not before the household is there', () => homes.when(registerPerson, { ...input, validFrom: '2021-01-01' }).rejects('not-yet-then'));
  test('not a household that is not there', () => homes.when(registerPerson, { ...input, householdId: 'h-9' }).rejects('no-such-household'));
});

describe('One household at a time', () => {
  test('a move ends the former membership by itself', () => known.when(movePerson, { ...p1, householdId: 'h-2', validFrom: '2022-08-01' }).emits(M.PersonMoved.of(moved, '2022-08-01')));
  test('one statement a day', () => known.when(movePerson, { ...p1, householdId: 'h-2', validFrom: DAY }).rejects('already-stated'));
  test('leaving belongs to no household', () => known.when(recordLeaving, p1).emits(M.PersonLeft.of({ ...died, from: TODAY, reason: 'LEFT' }, TODAY)));
  test('only who is registered', () => known.when(recordLeaving, { personId: 'p-9' }).rejects('no-such-person'));
});

describe('A death', () => {
  test('is the last statement', () => known.when(recordDeath, { ...p1, validFrom: died.from }).emits(M.PersonDied.of(died, died.from)));
  test('nothing follows it', () => dead.when(movePerson, { ...p1, householdId: 'h-2', validFrom: '2022-09-01' }).rejects('after-death'));
  test('what was before may still be entered', () =>
    dead.when(movePerson, { ...p1, householdId: 'h-2', validFrom: '2022-05-01' }).emits(M.PersonMoved.of({ ...moved, factId: 'p-1.member.3', from: '2022-05-01' }, '2022-05-01')));
  test('there is one', () => dead.when(recordDeath, { ...p1, validFrom: '2022-07-01' }).rejects('after-death'));
  test('cannot come before what is known', () =>
    known.events(person.at('p-1'), M.PersonMoved.of(moved, moved.from)).when(recordDeath, { ...p1, validFrom: '2022-07-01' }).rejects('after-death'));
  test('a statement cannot be corrected past it', () => dead.when(correctPlacement, { ...p1, placementId: joined.factId, validFrom: '2022-09-01' }).rejects('after-death'));
});

describe('An error about a person', () => {
  test('is corrected', () => known.when(correctPlacement, { ...p1, placementId: joined.factId, householdId: 'h-2' }).emits(M.PersonPlacementCorrected.of({ ...joined, householdId: 'h-2' }, DAY)));
  test('a death belongs to no household, corrected or not', () => dead.when(correctPlacement, { ...p1, placementId: died.factId, householdId: 'h-2' }).rejects('belongs-to-none'));
  test('a wrong death is voided', () => dead.when(voidPlacement, { ...p1, placementId: died.factId }).emits(M.PersonPlacementVoided.of(died, died.from)));
  test('the only placement is not voided alone', () => known.when(voidPlacement, { ...p1, placementId: joined.factId }).rejects('the-only-one'));
  test('a registration in error is voided whole and frees the number', () =>
    dead.when(voidPerson, p1).emits(
      ['person-p-1', M.PersonPlacementVoided.of(joined, DAY)],
      ['person-p-1', M.PersonPlacementVoided.of(died, died.from)],
      ['identity-abc', IdentityReleased.of({ personId: 'p-1' }, TODAY)],
    ));
});
