/** Entered numbers have at most this many decimals. */
export const DECIMALS = 4;
const ONE = 10n ** BigInt(DECIMALS);

/** An entered number as a whole number of its smallest part: 9.99 → 99900. */
const whole = (n: number): bigint => BigInt(n.toFixed(DECIMALS).replace('.', ''));

/** A number that can be compared without rounding: `over / below`. */
export interface Exact {
  readonly over: bigint;
  readonly below: bigint;
}
export const exactly = (n: number): Exact => ({ over: whole(n), below: ONE });
/** `n` percent of a number. */
export const percentage = (n: number, of: number): Exact => ({ over: whole(of) * BigInt(n), below: ONE * 100n });
/** Two counts as a number of percent. @param below above 0 */
export const rateOf = (over: number, below: number): Exact => ({ over: BigInt(over) * 100n, below: BigInt(below) });

/** Below 0, 0 or above 0: a less than, equal to or greater than b. */
export const compare = (a: Exact, b: Exact): number => {
  const difference = a.over * b.below - b.over * a.below;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};

export const toNumber = ({ over, below }: Exact): number => Number((over * ONE) / below) / Number(ONE);
export const isExact = (n: number): boolean => Number.isFinite(n) && Math.abs(n) < 1e12 && Number(n.toFixed(DECIMALS)) === n;
