import type { KnownLine } from './known-members.js';
import { isSimilar } from './similar-person.js';
import { notes, numberOf, person, type Told, told, verdicts } from './told-rows.js';

const ID = numberOf('19600101', 100);
/** Differs from ID in two characters, the birth date among them. */
const TWO_OFF = ['19600102', '19600103', '19600111', '19600121', '19610101', '19500101', '19600201'].flatMap((birth) => [numberOf(birth, 100)]).find((id) => id !== ID && isSimilar(id, ID)) as string;
const SAME_DAY = numberOf('19600101', 555);
const FAR = numberOf('19871231', 987);
const PARCEL = '4103081032100100777';
const one = (told: Told = {}): Told => person({ name: '王某', id: ID, ...told });
const known = (line: KnownLine = {}): KnownLine => ({ cooperative: '甲社', id: ID, name: '王某', relation: '户主', head: '王某', village_code: '410308103210', linkage: 'MEMBER', parcel: '', area: '', ...line });

describe('重复 DUPLICATE', () => {
  test('the same number, linkage and parcel again names the earlier row', () => expect(told([one(), person(), one()])).toEqual(['NEW', 'NEW', 'DUPLICATE 2']));
  test('another parcel or another linkage is a further claim of the same person', () =>
    expect(told([one(), one({ parcel: PARCEL, area: '1' }), one({ linkage: '务工' }), one({ linkage: '成员' })])).toEqual(['NEW', 'NEW', 'NEW', 'DUPLICATE 2']));
  test('an earlier row with an error does not count', () => expect(told([one({ phone: '1' }), one(), one()])).toEqual(['ERROR phone-invalid@phone', 'NEW', 'DUPLICATE 3']));
  test('an error of its own comes first', () => expect(told([one(), one({ phone: '1' })])[1]).toBe('ERROR phone-invalid@phone'));
  test('comes before a suspicion', () => expect(told([one({ id: SAME_DAY }), one(), one()])).toEqual(['NEW', 'SUSPECT similar-person@id 2', 'DUPLICATE similar-person@id 3']));
});

describe('疑似重复 SUSPECT', () => {
  test('two characters differ: the later row', () => expect(told([one(), one({ id: TWO_OFF })])).toEqual(['NEW', 'SUSPECT similar-person@id 2']));
  test('the birth date is the same', () => expect(told([one(), one({ id: SAME_DAY })])).toEqual(['NEW', 'SUSPECT similar-person@id 2']));
  test('another name, another village or a number unlike it is another person', () =>
    expect(told([one(), one({ id: TWO_OFF, name: '李某' }), one({ id: SAME_DAY, village: '西山头村' }), one({ id: FAR })])).toEqual(['NEW', 'NEW', 'NEW', 'NEW']));
  test('one phone is never evidence', () => expect(told([one({ phone: '13800000000' }), person({ phone: '13800000000' })])).toEqual(['NEW', 'NEW']));
  test('like somebody known, of this or of another cooperative, who stays without a name there', () => {
    expect(told([one({ id: TWO_OFF })], { known: [known()] })).toEqual(['SUSPECT similar-person@id known']);
    const [row] = verdicts([one({ id: TWO_OFF })], { known: [known({ cooperative: '乙社' })] });
    expect(row?.verdict).toBe('SUSPECT');
    expect(row?.reasons.find(({ code }) => code === 'similar-person')?.right).toBe('已在其他合作社登记');
  });
  test('a pair that is decided is not asked again', () => expect(told([one(), one({ id: TWO_OFF })], { known: [known(), known({ id: TWO_OFF })] })).toEqual(['UNCHANGED', 'UNCHANGED']));
  test('another area without a parcel code may be a second plot', () => expect(told([one({ area: '3' }), one({ area: '4' })])).toEqual(['NEW', 'SUSPECT second-plot@area 2']));
  test('the same area again is the same', () => expect(told([one({ area: '3' }), one({ area: '3.00' }), one()])).toEqual(['NEW', 'DUPLICATE 2', 'DUPLICATE 2']));
  test('land with a parcel code is no second plot', () => expect(told([one({ area: '3' }), one({ area: '4', parcel: PARCEL })])).toEqual(['NEW', 'NEW']));
  test('another area than the known one may be a second plot, and says what differs', () => {
    expect(told([one({ area: '4' })], { known: [known({ area: '3.00' })] })).toEqual(['SUSPECT second-plot@area known']);
    expect(verdicts([one({ area: '4' })], { known: [known({ area: '3.00' })] })[0]?.changes).toEqual([{ column: 'area', before: '3.00', after: '4.00' }]);
    expect(told([one({ area: '3' })], { known: [known({ area: '3.00' }), known({ area: '5.00' })] })).toEqual(['UNCHANGED']);
  });
  test('many namesakes take no longer than few', () => {
    const many = Array.from({ length: 4000 }, (_, i) => one({ id: numberOf(`${1930 + (i % 60)}${String(1 + (i % 12)).padStart(2, '0')}11`, i % 1000) }));
    expect(verdicts(many)).toHaveLength(4000);
  });
});

describe('无变化 UNCHANGED, 更新 UPDATE, 新增 NEW', () => {
  test('known and the same is unchanged, however it is written', () => expect(told([one({ linkage: '社员', group: '一组', contribution: '1,000' })], { known: [known({ group: '1组', contribution: '1000' })] })).toEqual(['UNCHANGED']));
  test('what differs is said before and after', () =>
    expect(told([one({ phone: '13800000000', group: '2组' })], { known: [known({ phone: '13800000001', group: '1组' })] })).toEqual(['UPDATE group: 1组 -> 2组; phone: 13800000001 -> 13800000000']));
  test('an empty cell keeps what is known', () => expect(told([one({ phone: '' })], { known: [known({ phone: '13800000001' })] })).toEqual(['UNCHANGED']));
  test('a changed name is an update', () => expect(told([one({ name: '王某某' })], { known: [known()] })).toEqual(['UPDATE name: 王某 -> 王某某']));
  test('another parcel or linkage of somebody known is new', () => expect(told([one({ linkage: '务工' }), one({ parcel: PARCEL, area: '1' })], { known: [known()] })).toEqual(['NEW', 'NEW']));
  test('a member of another cooperative is new here, with a note', () => {
    expect(told([one()], { known: [known({ cooperative: '乙社' })] })).toEqual(['NEW']);
    expect(notes(one(), { known: [known({ cooperative: '乙社' })] })).toEqual(['member-elsewhere@id']);
  });
});

describe('一地两报 parcel-claimed-twice', () => {
  const claim = (told: Told = {}) => person({ parcel: PARCEL, area: '1', ...told });
  test('two households are told on both rows, and both are accepted', () => expect(told([claim(), person(), claim(), claim()])).toEqual(['NEW parcel-claimed-twice@parcel 4', 'NEW', 'NEW parcel-claimed-twice@parcel 2', 'NEW parcel-claimed-twice@parcel 2']));
  test('persons of one household may share a parcel', () => expect(told([claim({ name: '户某' }), claim({ relation: '子', head: '户某' })])).toEqual(['NEW', 'NEW']));
  test('a known claim of another household or cooperative', () => {
    const line = known({ parcel: PARCEL, area: '1.00' });
    expect(told([claim()], { known: [line] })).toEqual(['NEW parcel-claimed-twice@parcel known']);
    expect(told([one({ parcel: PARCEL, area: '1' })], { known: [line] })).toEqual(['UNCHANGED']);
    expect(told([one({ parcel: PARCEL, area: '1' })], { known: [{ ...line, cooperative: '乙社' }] })).toEqual(['NEW parcel-claimed-twice@parcel known']);
    expect(told([claim({ relation: '子', head: '王某' })], { known: [line] })).toEqual(['NEW']);
  });
});
