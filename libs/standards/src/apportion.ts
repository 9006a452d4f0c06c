/**
 * Divides an integer amount (fen, hundredths of a 亩) by weights so that the shares sum to it exactly: each gets the whole part
 * of its share, and what remains goes one by one to the largest fractions, at a tie to the earlier one.
 * `apportion(10_000, [1, 1, 1])` → `[3334, 3333, 3333]`.
 * @throws RangeError unless the amount and the weights are integers from zero and some weight is above zero
 */
export const apportion = (amount: number, weights: readonly number[]): number[] => {
  const countable = [amount, ...weights].every((value) => Number.isSafeInteger(value) && value >= 0);
  if (!countable || !weights.some(Boolean)) throw new RangeError(`cannot be divided: ${amount} by ${weights.join(' : ')}`);
  const total = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  const exact = weights.map((weight) => BigInt(amount) * BigInt(weight));
  const shares = exact.map((part) => Number(part / total));
  const order = exact.map((part, i) => ({ i, fraction: part % total })).sort((a, b) => Number(b.fraction > a.fraction) - Number(b.fraction < a.fraction));
  const left = amount - shares.reduce((sum, share) => sum + share, 0);
  for (const { i } of order.slice(0, left)) shares[i] = (shares[i] as number) + 1;
  return shares;
};
