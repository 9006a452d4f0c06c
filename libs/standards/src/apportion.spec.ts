import fc from 'fast-check';
import { apportion, moneyFrom } from './index.js';

const wan = (amount: string) => moneyFrom(amount, '万元');
const amounts = fc.nat(2 ** 40);
const weights = fc.array(fc.nat(1e9), { minLength: 1, maxLength: 40 }).filter((list) => list.some((weight) => weight > 0));
const sum = (list: readonly number[]) => list.reduce((total, one) => total + one, 0);

describe('Dividing to the last fen', () => {
  test('a profit of 100万 in the 3582 form: village 3.00, cooperative 5.00, farmers 73.60, enterprise 18.40', () => {
    const [village = 0, cooperative = 0, rest = 0] = apportion(wan('100'), [3, 5, 92]);
    expect([village, cooperative, ...apportion(rest, [80, 20])]).toEqual([wan('3'), wan('5'), wan('73.6'), wan('18.4')]);
  });
  test('a surplus of 40万: reserve 4万, then 25.2万 by volume and 10.8万 by shares at 70 %, 21.6万 and 14.4万 at 60 %', () => {
    const [reserve = 0, distributable = 0] = apportion(wan('40'), [10, 90]);
    expect([reserve, distributable]).toEqual([wan('4'), wan('36')]);
    expect([apportion(distributable, [70, 30]), apportion(distributable, [60, 40])]).toEqual([[wan('25.2'), wan('10.8')], [wan('21.6'), wan('14.4')]]);
  });
  test('what remains goes to the largest fractions, at a tie to the earlier one', () => expect([apportion(10_000, [1, 1, 1]), apportion(2, [1, 1, 1]), apportion(10, [1, 2, 4])]).toEqual([[3334, 3333, 3333], [1, 1, 0], [1, 3, 6]]));
  test('without a weight nothing is due', () => expect(apportion(100, [0, 3, 0])).toEqual([0, 100, 0]));
  test.each([[-1, [1]], [1.5, [1]], [1, []], [1, [0, 0]], [1, [-1, 2]], [1, [0.5]], [Number.NaN, [1]]] as const)('%d by %j is an error', (amount, by) => expect(() => apportion(amount, by)).toThrow(RangeError));
  test('the shares sum to the amount, and none is a whole unit away from its exact part', () =>
    fc.assert(fc.property(amounts, weights, (amount, by) => {
      const total = by.reduce((all, weight) => all + BigInt(weight), 0n);
      const shares = apportion(amount, by);
      expect(sum(shares)).toBe(amount);
      shares.forEach((share, i) => {
        const apart = BigInt(share) * total - BigInt(amount) * BigInt(by[i] as number);
        expect(apart > -total && apart < total).toBe(true);
      });
    })));
  test('the heavier never gets less', () =>
    fc.assert(fc.property(amounts, weights, (amount, by) => {
      const falling = [...by].sort((a, b) => b - a);
      const shares = apportion(amount, falling);
      expect(shares).toEqual([...shares].sort((a, b) => b - a));
    })));
});
