import { home, IdentityReserved, member, PersonDetailsSealed, standing } from '#contracts';
import { given } from '#decider';
import { identity, person } from '../person/person.js';
import { correctHome } from './correct-home.js';
import { correctStanding } from './correct-standing.js';
import { household } from './household.js';
import { moveHousehold } from './move-household.js';
import { registerHousehold } from './register-household.js';
import { splitHousehold } from './split-household.js';
import { stateStanding } from './state-standing.js';
import { voidHome } from './void-home.js';
import { voidStanding } from './void-standing.js';

const { events: H } = home;
const { events: S } = standing;
const { events: M } = member;
const DAY = '2022-01-01';
const at = { factId: 'h-1.home.1', from: DAY, householdId: 'h-1', villageId: 'v' };
const stands = { factId: 'h-1.standing.1', from: DAY, householdId: 'h-1', resident: true, eligible: false };
const joined = { factId: 'p-1.member.1', from: DAY, personId: 'p-1', householdId: 'h-1', reason: 'JOINED' as const };
const village = { village: { regionId: 'v', level: 'VILLAGE' } };
const sealed = { name: 'sm1.k.a.b.c', identityNumber: 'sm1.k.d.e.f', identityKey: 'abc' };
const input = { householdId: 'h-1', villageId: 'v', resident: true, eligible: false, validFrom: DAY };
const one = { personId: 'p-1', name: '', sealed };
const known = given().facts(village).events(household.at('h-1'), H.HouseholdRegistered.of(at, DAY), S.HouseholdStandingStated.of(stands, DAY)).events(person.at('p-1'), M.PersonRegistered.of(joined, DAY));

describe('Registering a household', () => {
  test('states its home, how it stands and who joins, and takes their numbers', () =>
    given().facts(village).when(registerHousehold, { ...input, persons: [one] }).emits(
      ['household-h-1', H.HouseholdRegistered.of(at, DAY)],
      ['household-h-1', S.HouseholdStandingStated.of(stands, DAY)],
      ['person-p-1', M.PersonRegistered.of(joined, DAY)],
      ['person-p-1', PersonDetailsSealed.of({ ...sealed, personId: 'p-1' }, DAY)],
      ['identity-abc', IdentityReserved.of({ personId: 'p-1' }, DAY)],
    ));
  test('all its streams are born in one lane', () => {
    const { household: own, persons, identities } = registerHousehold.streams({ ...input, persons: [one] }, () => undefined);
    expect([...persons, ...identities].map(({ laneKey }) => laneKey)).toEqual([own.key, own.key]);
  });
  test('an id is used once', () => known.when(registerHousehold, input).rejects('id-taken'));
  test('a town is no home', () => given().facts({ village: { regionId: 't', level: 'TOWN' } }).when(registerHousehold, input).rejects('not-a-village'));
  test('a number that another person holds is refused', () =>
    given().facts(village).events(identity.at('abc'), IdentityReserved.of({ personId: 'p-9' }, DAY)).when(registerHousehold, { ...input, persons: [one] }).rejects('identity-taken'));
  test('two persons cannot bring one number', () => given().facts(village).when(registerHousehold, { ...input, persons: [one, { ...one, personId: 'p-2' }] }).rejects('identity-taken'));
  test('a person is registered once', () => known.when(registerHousehold, { ...input, householdId: 'h-2', persons: [one] }).rejects('person-id-taken'));
});

describe('Moving a household', () => {
  const moved = { ...at, factId: 'h-1.home.2', from: '2022-09-01', villageId: 'w' };
  const move = { householdId: 'h-1', villageId: 'w', validFrom: '2022-09-01' };
  test('states another home from a day on', () => known.when(moveHousehold, move).emits(H.HouseholdMoved.of(moved, '2022-09-01')));
  test('is on one day once', () => known.when(moveHousehold, { ...move, validFrom: DAY }).rejects('already-stated'));
  test('needs a household', () => known.when(moveHousehold, { ...move, householdId: 'h-9' }).rejects('no-such-household'));
  test('is corrected', () => known.facts({ village: [] }).when(correctHome, { householdId: 'h-1', homeId: at.factId, validFrom: '2021-12-01' }).emits(H.HouseholdHomeCorrected.of({ ...at, from: '2021-12-01' }, '2021-12-01')));
  test('is voided', () => known.when(voidHome, { householdId: 'h-1', homeId: at.factId }).emits(H.HouseholdHomeVoided.of(at, DAY)));
  test('a household whose every home is void is none', () => known.events(household.at('h-1'), H.HouseholdHomeVoided.of(at, DAY)).when(moveHousehold, move).rejects('no-such-household'));
  test('the key of a void home is not used again', () =>
    known.events(household.at('h-1'), H.HouseholdMoved.of(moved, moved.from), H.HouseholdHomeVoided.of(moved, moved.from)).when(moveHousehold, move).emits(H.HouseholdMoved.of({ ...moved, factId: 'h-1.home.3' }, moved.from)));
});

describe('How a household stands', () => {
  test('what is not said stays as it was', () =>
    known.when(stateStanding, { householdId: 'h-1', eligible: true, validFrom: '2022-04-01' }).emits(S.HouseholdStandingStated.of({ ...stands, factId: 'h-1.standing.2', from: '2022-04-01', eligible: true }, '2022-04-01')));
  test('is stated once a day', () => known.when(stateStanding, { householdId: 'h-1', validFrom: DAY }).rejects('already-stated'));
  test('is corrected', () => known.when(correctStanding, { householdId: 'h-1', standingId: stands.factId, resident: false }).emits(S.HouseholdStandingCorrected.of({ ...stands, resident: false }, DAY)));
  test('is voided', () => known.when(voidStanding, { householdId: 'h-1', standingId: stands.factId }).emits(S.HouseholdStandingVoided.of(stands, DAY)));
});

describe('Splitting a household', () => {
  const on = '2022-08-01';
  const split = { householdId: 'h-1', newHouseholdId: 'h-2', personIds: ['p-1'], validFrom: on };
  const facts = { village: [] };
  test('makes a new household at the same home that stands the same, and moves its persons', () =>
    known.facts(facts).when(splitHousehold, split).emits(
      ['household-h-2', H.HouseholdSplit.of({ factId: 'h-2.home.1', from: on, householdId: 'h-2', villageId: 'v', splitFrom: 'h-1' }, on)],
      ['household-h-2', S.HouseholdStandingStated.of({ ...stands, factId: 'h-2.standing.1', from: on, householdId: 'h-2' }, on)],
      ['person-p-1', M.PersonMoved.of({ ...joined, factId: 'p-1.member.2', from: on, householdId: 'h-2', reason: 'SPLIT' }, on)],
    ));
  test('takes members only', () => known.facts(facts).when(splitHousehold, { ...split, personIds: ['p-1', 'p-9'] }).rejects('not-a-member'));
  test('cannot lie before the household', () => known.facts(facts).when(splitHousehold, { ...split, validFrom: '2021-01-01' }).rejects('not-yet-then'));
  test('takes a new id', () => known.facts(facts).when(splitHousehold, { ...split, newHouseholdId: 'h-1' }).rejects('id-taken'));
});
