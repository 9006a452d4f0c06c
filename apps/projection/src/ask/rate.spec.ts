import { percentage } from './rate.js';

describe('A percentage', () => {
  test.each([
    [40, 43, '93.02'], [3760, 4000, '94.00'], [250, 300, '83.33'], [1, 2, '50.00'], [0, 7, '0.00'], [4000, 4000, '100.00'],
  ])('%d of %d is %s %%', (a, b, expected) => expect(percentage(a, b)).toBe(expected));
  test('is rounded half up, exactly where doubles would not be', () => expect(percentage(1005, 100_000)).toBe('1.01'));
  test('is exact for grams of a whole district', () => expect(percentage(9_007_199_254_740_991, 9_007_199_254_740_991)).toBe('100.00'));
  test('of nothing is none', () => expect(percentage(0, 0)).toBeNull());
});
