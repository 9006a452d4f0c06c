/**
 * Amounts are integers: land in hundredths of a 亩, weight in grams, money in fen. Conversions are exact and rounded half-up
 * once, at the end; never sum rounded conversions.
 */
export type AreaUnit = '亩' | '公顷' | '㎡';
export type WeightUnit = '克' | '斤' | '公斤' | '吨';
export type MoneyUnit = '分' | '元' | '万元';

/** How many of the integer unit one of these is, as a fraction: 1 ㎡ = 0.0015 亩 exactly, 1 公顷 = 15 亩. */
const AREA: Record<AreaUnit, readonly [bigint, bigint]> = { 亩: [100n, 1n], 公顷: [1500n, 1n], '㎡': [15n, 100n] };
const WEIGHT: Record<WeightUnit, readonly [bigint, bigint]> = { 克: [1n, 1n], 斤: [500n, 1n], 公斤: [1000n, 1n], 吨: [1_000_000n, 1n] };
const MONEY: Record<MoneyUnit, readonly [bigint, bigint]> = { 分: [1n, 1n], 元: [100n, 1n], 万元: [1_000_000n, 1n] };

const DECIMAL = /^(\d+)(?:\.(\d+))?$/;

const convert = (text: string, [numerator, denominator]: readonly [bigint, bigint]): number => {
  const match = DECIMAL.exec(text);
  if (!match) throw new RangeError(`not a decimal number: ${text}`);
  const [, whole = '', fraction = ''] = match;
  const below = denominator * 10n ** BigInt(fraction.length);
  const amount = (2n * BigInt(whole + fraction) * numerator + below) / (2n * below);
  if (amount > BigInt(Number.MAX_SAFE_INTEGER)) throw new RangeError(`too large: ${text}`);
  return Number(amount);
};

/** `areaFrom('1.2', '公顷')` → 1800. @throws RangeError when the text is no decimal number */
export const areaFrom = (text: string, unit: AreaUnit = '亩'): number => convert(text, AREA[unit]);
/** `weightFrom('1.5', '吨')` → 1 500 000 g */
export const weightFrom = (text: string, unit: WeightUnit): number => convert(text, WEIGHT[unit]);
/** `moneyFrom('20', '万元')` → 20 000 000 fen */
export const moneyFrom = (text: string, unit: MoneyUnit = '元'): number => convert(text, MONEY[unit]);

/** `325` → `'3.25'`: an integer of hundredths with both decimals. */
export const formatHundredths = (amount: number): string => {
  const digits = String(Math.abs(amount)).padStart(3, '0');
  return `${amount < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

/** Percent with two decimals, half-up, computed exactly; null when nothing is counted below. */
export const percentOf = (numerator: number, denominator: number): string | null => {
  if (denominator === 0) return null;
  const below = BigInt(denominator);
  return formatHundredths(Number((2n * BigInt(numerator) * 10_000n + below) / (2n * below)));
};
