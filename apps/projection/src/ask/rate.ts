/** `40, 43` → `93.02`: two decimals, half up, exact; null when there is nothing to divide by. Neither may be negative. */
export const percentage = (numerator: number, denominator: number): string | null => {
  if (denominator <= 0) return null;
  const hundredths = (BigInt(numerator) * 20_000n + BigInt(denominator)) / (2n * BigInt(denominator));
  return `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, '0')}`;
};
