import { home, IdentityReleased, IdentityReserved, member, PersonDetailsRevealed, PersonDetailsSealed, PersonErased } from '#contracts';
import { given } from '#decider';
import fc from 'fast-check';
import { household } from '../household/household.js';
import { identity, person } from '../person/person.js';
import { correctPersonDetails } from './correct-person-details.js';
import { sm } from './crypto-suite.js';
import { erasePerson } from './erase-person.js';
import { masked } from './mask.js';
import { revealPerson } from './reveal-person.js';
import { sealDetails } from './vault.js';

const DAY = '2022-01-01';
const TODAY = '2022-07-18';
const sealed = { name: 'sm1.k.a.b.c', identityNumber: 'sm1.k.d.e.f', identityKey: 'abc' };
const known = given()
  .events(household.at('h-1'), home.events.HouseholdRegistered.of({ factId: 'h-1.home.1', from: DAY, householdId: 'h-1', villageId: 'v' }, DAY))
  .events(
    person.at('p-1'),
    member.events.PersonRegistered.of({ factId: 'p-1.member.1', from: DAY, personId: 'p-1', householdId: 'h-1', reason: 'JOINED' }, DAY),
    PersonDetailsSealed.of({ ...sealed, personId: 'p-1' }, DAY),
  )
  .events(identity.at('abc'), IdentityReserved.of({ personId: 'p-1' }, DAY));
const erased = known.events(person.at('p-1'), PersonErased.of({ personId: 'p-1' }, DAY));

describe('Details of a person', () => {
  const correct = (change: object) => ({ personId: 'p-1', sealed: change });
  test('what is not corrected stays as it was sealed', () =>
    known.when(correctPersonDetails, correct({ phone: 'sm1.k2.x.y.z' })).emits(PersonDetailsSealed.of({ ...sealed, phone: 'sm1.k2.x.y.z', personId: 'p-1' }, TODAY)));
  test('another number frees the former one', () =>
    known.when(correctPersonDetails, correct({ identityNumber: 'sm1.k2.x.y.z', identityKey: 'def' })).emits(
      ['person-p-1', PersonDetailsSealed.of({ ...sealed, identityNumber: 'sm1.k2.x.y.z', identityKey: 'def', personId: 'p-1' }, TODAY)],
      ['identity-abc', IdentityReleased.of({ personId: 'p-1' }, TODAY)],
      ['identity-def', IdentityReserved.of({ personId: 'p-1' }, TODAY)],
    ));
  test("another person's number is refused", () =>
    known.events(identity.at('def'), IdentityReserved.of({ personId: 'p-2' }, DAY)).when(correctPersonDetails, correct({ identityKey: 'def' })).rejects('identity-taken'));
  test('are revealed with a reason and the account that gave it', () =>
    known.when(revealPerson, { personId: 'p-1', revealId: 'v-1', reason: 'CONTACT' }, { actor: 'official' }).emits(
      PersonDetailsRevealed.of({ personId: 'p-1', revealId: 'v-1', reason: 'CONTACT', actor: 'official' }, TODAY),
    ));
  test('are erased once', () => {
    known.when(erasePerson, { personId: 'p-1' }).emits(PersonErased.of({ personId: 'p-1' }, TODAY));
    erased.when(erasePerson, { personId: 'p-1' }).emits();
  });
  test('cannot be revealed or corrected once erased', () => {
    erased.when(revealPerson, { personId: 'p-1', revealId: 'v-1', reason: 'CONTACT' }).rejects('erased');
    erased.when(correctPersonDetails, correct({ name: 'sm1.k.a.b.c' })).rejects('erased');
  });
});

describe('The crypto suite', () => {
  const key = sm.keyOf(sm.newKey());
  test('what is sealed opens again, for any text', () =>
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => sm.open(key, sm.seal(key, text, 'p-1:name'), 'p-1:name') === text)));
  test('the same text is never sealed the same', () => expect(sm.seal(key, '张三', 'a')).not.toBe(sm.seal(key, '张三', 'a')));
  test('another key, another place or a changed letter does not open it', () => {
    const text = sm.seal(key, '张三', 'p-1:name');
    expect(() => sm.open(sm.keyOf(sm.newKey()), text, 'p-1:name')).toThrow('seal');
    expect(() => sm.open(key, text, 'p-2:name')).toThrow('seal');
    expect(() => sm.open(key, `${text[0] === 'A' ? 'B' : 'A'}${text.slice(1)}`, 'p-1:name')).toThrow('seal');
  });
  test('what a person brings is sealed whole: nothing in clear is left', () => {
    const sealing = JSON.stringify(sealDetails({ wrapping: key, search: key.seal }, 'p-1', { name: '张三丰', identityNumber: '999999197001010017', phone: '13800000000' }));
    expect(sealing).not.toMatch(/张三丰|999999197001010017|13800000000/);
  });
});

describe('Masking', () => {
  test.each([
    [{ name: '张三丰' }, { name: '张*丰' }],
    [{ name: '张三' }, { name: '张*' }],
    [{ name: '欧阳小明' }, { name: '欧**明' }],
    [{ identityNumber: '410308199001011234' }, { identityNumber: '4103** **** ****1234' }],
    [{ phone: '13812340000' }, { phone: '138****0000' }],
    [{}, { name: null, identityNumber: null, phone: null }],
  ])('%j is shown as %j', (clear, shown) => expect(masked(clear)).toMatchObject(shown));
});
