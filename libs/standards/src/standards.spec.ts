import fc from 'fast-check';
import {
  addDays, areaFrom, checkCreditCode, checkIdentityNumber, checkParcelCode, checkRegionCode, creditCheckCharacter, dayNumber, dayOf, endOfDay, formatHundredths,
  fromDayNumber, identityCheckCharacter, isDay, moneyFrom, normalise, organisationCheckCharacter, percentOf, weightFrom, yearStart,
} from './index.js';

const today = '2022-07-18';
const identity = (text: string, allowTest = true) => {
  const check = checkIdentityNumber(text, { today, allowTest });
  return check.ok ? check.value : check.code;
};
const credit = (text: string) => {
  const check = checkCreditCode(text);
  return check.ok ? check.value : check.code;
};
const birth = fc.integer({ min: dayNumber('1900-01-01'), max: dayNumber(today) }).map((n) => fromDayNumber(n).replaceAll('-', ''));
const identities = fc.tuple(fc.integer({ min: 110000, max: 998999 }), birth, fc.integer({ min: 0, max: 999 })).map(([region, day, order]) => {
  const body = `${region}${day}${String(order).padStart(3, '0')}`;
  return body + identityCheckCharacter(body);
});
const ALPHABET = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'];
const credits = fc.tuple(fc.constantFrom('91', '92', '93', 'N1', 'N2', 'N3', '51'), fc.integer({ min: 110000, max: 659999 }), fc.array(fc.constantFrom(...ALPHABET), { minLength: 8, maxLength: 8 })).map(([prefix, region, letters]) => {
  const body = letters.join('');
  const code = `${prefix}${region}${body}${organisationCheckCharacter(body)}`;
  return code + creditCheckCharacter(code);
});

describe('公民身份号码', () => {
  test.each(['11010519491231002X', '440524188001010014', '999999197001010017', '999999198002290019', '99999920000101002X'])('%s is valid', (number) => expect(identity(number)).toBe(number));
  test('spaces, full-width digits and a small x are accepted', () => expect(identity(' 1101 0519491231002ｘ')).toBe('11010519491231002X'));
  test.each([
    ['', 'id-missing'], ['4.1E+17', 'id-rounded'], ['110105491231002', 'id-15-digits'], ['11010519491231002', 'id-format'],
    ['110105194902300021', 'id-birth-date'], ['110105203012310021', 'id-birth-future'], ['110105194912310021', 'id-check-digit'],
  ])('%s is refused: %s', (number, code) => expect(identity(number)).toBe(code));
  test('a test number is refused unless allowed', () => expect(identity('999999197001010017', false)).toBe('id-test-number'));
  test('every number with the right check is accepted, and any one digit changed is refused', () =>
    fc.assert(fc.property(identities, fc.nat(16), fc.integer({ min: 1, max: 9 }), (number, place, by) => {
      expect(identity(number)).toBe(number);
      const changed = number.slice(0, place) + ((Number(number[place]) + by) % 10) + number.slice(place + 1);
      expect(identity(changed)).not.toBe(changed);
    })));
});

describe('统一社会信用代码', () => {
  test.each(['91350100M000100Y43', '93410308XX0000019H', '93410308XX0000027C', '91410308XX0000019P', '91410308XX0000027J', 'N2410308XX00000197'])('%s is valid', (code) => expect(credit(code)).toBe(code));
  test('the printed sample with the wrong check is refused', () => expect(credit('91350100M000100Y4Z')).toMatch(/^credit-code/));
  test('a letter that the standard leaves out is refused', () => expect(credit('9341O308XX0000019H')).toBe('credit-code-format'));
  test('a wrong check inside is told from a wrong check at the end', () => {
    expect(credit('93410308XX0000028C')).toBe('credit-code-organisation-check');
    expect(credit('93410308XX0000027D')).toBe('credit-code-check');
  });
  test('every code with both checks right is accepted, and any one character changed is refused', () =>
    fc.assert(fc.property(credits, fc.nat(17), fc.integer({ min: 1, max: 30 }), (code, place, by) => {
      expect(credit(code)).toBe(code);
      const changed = code.slice(0, place) + ALPHABET[(ALPHABET.indexOf(code[place] as string) + by) % 31] + code.slice(place + 1);
      expect(credit(changed)).not.toBe(changed);
    })));
});

describe('Codes of regions and parcels', () => {
  test.each([['410308', 'DISTRICT'], ['410308103', 'TOWN'], ['410308103210', 'VILLAGE']])('%s is a %s', (code, level) => expect(checkRegionCode(code)).toMatchObject({ ok: true, level }));
  test('other lengths are refused', () => expect(checkRegionCode('4103081').ok).toBe(false));
  test('a parcel code tells its village and group', () => expect(checkParcelCode('4103081032100100002')).toMatchObject({ ok: true, village: '410308103210', group: '01' }));
  test('a rounded one is told from a wrong one', () => expect([checkParcelCode('4.1E+18'), checkParcelCode('41030810321001')].map((check) => !check.ok && check.code)).toEqual(['parcel-code-rounded', 'parcel-code-invalid']));
});

describe('Amounts', () => {
  test('15000 亩 = 1000 公顷 = 10 km² exactly', () => expect([areaFrom('15000'), areaFrom('1000', '公顷'), areaFrom('10000000', '㎡')]).toEqual([1_500_000, 1_500_000, 1_500_000]));
  test('half a hundredth is rounded up', () => expect([areaFrom('0.005'), areaFrom('0.004'), areaFrom('666.67', '㎡')]).toEqual([1, 0, 100]));
  test('weights and money', () => expect([weightFrom('1', '斤'), weightFrom('0.5', '公斤'), weightFrom('100', '吨'), moneyFrom('20', '万元'), moneyFrom('0.29')]).toEqual([500, 500, 100_000_000, 20_000_000, 29]));
  test('text that is no number is refused', () => expect(() => areaFrom('3,5')).toThrow(RangeError));
  test('what is printed is read back', () => fc.assert(fc.property(fc.nat(1e9), (n) => expect(areaFrom(formatHundredths(n))).toBe(n))));
  test('conversion equals exact arithmetic', () => fc.assert(fc.property(fc.nat(1e9), (cm) => expect(areaFrom(formatHundredths(cm), '㎡')).toBe(Number((BigInt(cm) * 15n + 5000n) / 10_000n)))));
  test.each([[40, 43, '93.02'], [250, 300, '83.33'], [1, 2, '50.00'], [1, 8, '12.50'], [0, 5, '0.00'], [2, 3, '66.67']])('%d of %d is %s %%', (a, b, text) => expect(percentOf(a, b)).toBe(text));
  test('nothing of nothing is no rate', () => expect(percentOf(0, 0)).toBeNull());
});

describe('Days in Shanghai', () => {
  test('a day begins at 16:00 UTC of the day before', () => expect([dayOf(Date.parse('2022-07-17T15:59:59Z')), dayOf(Date.parse('2022-07-17T16:00:00Z'))]).toEqual(['2022-07-17', '2022-07-18']));
  test('a day ends with its last millisecond', () => expect([dayOf(endOfDay(today)), dayOf(endOfDay(today) + 1)]).toEqual([today, '2022-07-19']));
  test('days that do not exist are refused', () => expect(['2022-02-29', '2022-13-01', '2022-1-1', ''].map(isDay)).toEqual([false, false, false, false]));
  test('numbers and days are each other', () => fc.assert(fc.property(fc.integer({ min: -20_000, max: 60_000 }), (n) => expect(dayNumber(fromDayNumber(n))).toBe(n))));
  test('adding days goes over month ends', () => expect([addDays('2024-02-28', 1), addDays('2022-12-31', 1), yearStart(today)]).toEqual(['2024-02-29', '2023-01-01', '2022-01-01']));
});

test('full-width text is made ordinary', () => expect(normalise(' ４１０３　ＡＢ\u200b')).toBe('4103AB'));
