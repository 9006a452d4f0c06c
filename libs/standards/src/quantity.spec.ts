import fc from 'fast-check';
import { areaFrom, formatAmount, formatHundredths, moneyFrom, percentOf, readArea, readMoney, readWeight, weightFrom } from './index.js';

const area = (text: string, unit?: '亩' | '公顷' | '㎡') => {
  const read = readArea(text, unit);
  return read.ok ? read.value : read.code;
};
const halfUp = (above: bigint, below: bigint) => Number((2n * above + below) / (2n * below));

describe('Land', () => {
  test('15000 亩 = 1000 公顷 = 10 km² exactly', () => {
    expect([areaFrom('15000'), areaFrom('1000', '公顷'), areaFrom('10000000', '㎡')]).toEqual([1_500_000, 1_500_000, 1_500_000]);
    expect([formatAmount(1_500_000, '亩'), formatAmount(1_500_000, '公顷'), formatAmount(1_500_000, '㎡')]).toEqual(['15000.00', '1000.0000', '10000000.00']);
  });
  test('1 ㎡ is 0.0015 亩 exactly, 1 亩 666.67 ㎡ when printed', () => expect([areaFrom('2000', '㎡'), formatAmount(100, '㎡'), formatAmount(1, '㎡')]).toEqual([300, '666.67', '6.67']));
  test('half a hundredth is rounded up, less is not', () => expect([areaFrom('0.005'), areaFrom('0.004999'), areaFrom('666.67', '㎡'), areaFrom('3.3333333', '㎡'), areaFrom('3.33333', '㎡')]).toEqual([1, 0, 100, 0, 0]));
  test.each([
    ['3.25', 325], ['15亩3分', 1530], ['15亩3分5厘', 1535], ['3分', 30], ['1.2公顷', 1800], ['800㎡', 120], ['800 平方米', 120], ['800m2', 120], ['800M²', 120], ['0.5hm2', 750], ['２．５亩', 250], [' 12 市亩 ', 1200],
  ])('%s is read as %d hundredths', (text, value) => expect(area(text)).toBe(value));
  test('the assumed unit holds where none is written', () => expect([area('800', '㎡'), area('2亩', '㎡'), area('1', '公顷')]).toEqual([120, 200, 1500]));
  test('it is said which units were understood and whether anything was rounded away', () =>
    expect([readArea('1.005'), readArea('15亩3分'), readArea('800', '㎡')]).toEqual([
      { ok: true, value: 101, exact: false, units: ['亩'] }, { ok: true, value: 1530, exact: true, units: ['亩', '分'] }, { ok: true, value: 120, exact: true, units: ['㎡'] },
    ]));
  test('parts are summed before they are rounded', () => expect(area('1亩0.05分0.4厘')).toBe(101));
  test.each(['', '3,5', '1,200.00', '-3', '+3', '.5', '5.', '1.2.3', '3 5', '3分15亩', '3亩3亩', '3亩5', '亩', '3尺', '1e3', '三亩', '3吨', '3constructor'])('%s is no area', (text) => expect(area(text)).toBe('not-a-number'));
  test('a cell full of digits is refused like any other text, without trying every way to cut it', () => expect(area(`${'1'.repeat(30_000)}亩.`)).toBe('not-a-number'));
  test('more than an integer holds exactly is refused', () => {
    expect(area('90071992547409.91')).toBe(Number.MAX_SAFE_INTEGER);
    expect(area('90071992547409.92')).toBe('too-large');
  });
  test('text that is no amount is an error where the caller vouched for it', () => expect(() => areaFrom('3,5')).toThrow(new RangeError('not-a-number: 3,5')));
  test('what is printed in a unit is read back unchanged', () =>
    fc.assert(fc.property(fc.nat(2 ** 31 - 1), fc.constantFrom('亩' as const, '公顷' as const, '㎡' as const), (n, unit) => expect(areaFrom(formatAmount(n, unit), unit)).toBe(n))));
  test('conversion equals exact arithmetic', () =>
    fc.assert(fc.property(fc.nat(1e9), fc.nat(5), (digits, decimals) => {
      const text = (digits / 10 ** decimals).toFixed(decimals);
      const below = 10n ** BigInt(decimals);
      expect([areaFrom(text), areaFrom(text, '公顷'), areaFrom(text, '㎡')]).toEqual([halfUp(BigInt(digits) * 100n, below), halfUp(BigInt(digits) * 1500n, below), halfUp(BigInt(digits) * 15n, below * 100n)]);
    })));
});

describe('Weight', () => {
  test.each([['1斤', 500], ['1公斤', 1000], ['1吨', 1_000_000], ['0.5kg', 500], ['12.5 t', 12_500_000], ['3公斤2斤', 4000], ['1克', 1], ['5', 5000], ['0.0005', 1]])('%s is %d g', (text, grams) => expect(readWeight(text)).toMatchObject({ ok: true, value: grams }));
  test('100 吨 and 120 吨', () => expect([weightFrom('100', '吨'), weightFrom('120', '吨')]).toEqual([100_000_000, 120_000_000]));
  test('grams are shown in each unit exactly', () => expect([formatAmount(1_500, '斤'), formatAmount(1_500, '公斤'), formatAmount(1_500, '吨'), formatAmount(1, '斤')]).toEqual(['3.000', '1.500', '0.001500', '0.002']));
  test('what is printed in a unit is read back unchanged', () =>
    fc.assert(fc.property(fc.nat(2 ** 31 - 1), fc.constantFrom('斤' as const, '公斤' as const, '吨' as const), (n, unit) => expect(weightFrom(formatAmount(n, unit), unit)).toBe(n))));
});

describe('Money', () => {
  test.each([['20万元', 20_000_000], ['20万', 20_000_000], ['0.29', 29], ['3元5角', 350], ['3元5角2分', 352], ['1200', 120_000], ['0.005', 1], ['0.1元', 10]])('%s is %d fen', (text, fen) => expect(readMoney(text)).toMatchObject({ ok: true, value: fen }));
  test('a heading may give the unit', () => expect([moneyFrom('20', '万元'), moneyFrom('29', '分')]).toEqual([20_000_000, 29]));
  test('what is printed in a unit is read back unchanged', () => fc.assert(fc.property(fc.nat(2 ** 31 - 1), fc.constantFrom('元' as const, '万元' as const), (n, unit) => expect(moneyFrom(formatAmount(n, unit), unit)).toBe(n))));
  test('hundredths have both decimals, below zero too', () => expect([0, 5, 325, -5, -325].map(formatHundredths)).toEqual(['0.00', '0.05', '3.25', '-0.05', '-3.25']));
});

describe('Rates', () => {
  test.each([[40, 43, '93.02'], [3760, 4000, '94.00'], [250, 300, '83.33'], [1, 2, '50.00'], [1, 8, '12.50'], [0, 5, '0.00'], [2, 3, '66.67'], [1, 16, '6.25'], [5, 100_000, '0.01'], [4, 100_000, '0.00']])('%d of %d is %s %%', (a, b, text) => expect(percentOf(a, b)).toBe(text));
  test('nothing of nothing is no rate', () => expect(percentOf(0, 0)).toBeNull());
});
