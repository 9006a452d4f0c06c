import { normalise } from './text.js';

/**
 * Amounts are integers: land in hundredths of a 亩, weight in grams, money in fen. Conversions are exact and rounded half-up
 * once, at the end; never sum rounded conversions.
 */
export type AreaUnit = '亩' | '公顷' | '㎡';
export type WeightUnit = '克' | '斤' | '公斤' | '吨';
export type MoneyUnit = '分' | '元' | '万元';
/** `exact`: nothing was rounded away · `units`: as understood, in the order read, the assumed one when none was written. */
export type Amount = { ok: true; value: number; exact: boolean; units: readonly string[] } | { ok: false; code: 'not-a-number' | 'too-large' };

/** How many hundredths of the integer unit one of these is: 1 ㎡ = 0.0015 亩 exactly, 1 公顷 = 15 亩, 1 亩 = 10 分 = 100 厘. */
type Units = Readonly<Record<string, bigint>>;
const AREA: Units = { 亩: 10_000n, 分: 1000n, 厘: 100n, 公顷: 150_000n, '㎡': 15n };
const WEIGHT: Units = { 克: 100n, 斤: 50_000n, 公斤: 100_000n, 吨: 100_000_000n };
const MONEY: Units = { 分: 100n, 角: 1000n, 元: 10_000n, 万元: 100_000_000n };
/** Other words for the same units, in small letters. */
const WORDS: Readonly<Record<string, string>> = {
  市亩: '亩', ha: '公顷', 平方米: '㎡', 平米: '㎡', g: '克', 市斤: '斤', kg: '公斤', 千克: '公斤', t: '吨', 公吨: '吨', 圆: '元', 万: '万元',
};
const PART = /(\d+)(?:\.(\d+))?([^\d.]*)/g;
const WHOLE = /^(?:\d+(?:\.\d+)?[^\d.]+)*\d+(?:\.\d+)?[^\d.]*$/;

interface Part {
  readonly digits: bigint;
  readonly decimals: number;
  readonly unit: string;
}

/** Without full-width characters and spaces; but a space between two digits says that these are two numbers. */
const tidy = (text: string): string => (/[\d.]\s+[\d.]/.test(text) ? '' : normalise(text).replace(/hm[2²]/gi, '公顷').replace(/m[2²]/gi, '㎡'));

const unitOf = (word: string, assumed: string): string => (word === '' ? assumed : (WORDS[word.toLowerCase()] ?? word));

/** `15亩3分` → two parts; null when the text is anything else than numbers with units, the larger unit first. */
const partsOf = (text: string, units: Units, assumed: string): Part[] | null => {
  if (!WHOLE.test(text)) return null;
  const parts = [...text.matchAll(PART)].map(([, whole = '', fraction = '', word = ''], i) => ({ digits: BigInt(whole + fraction), decimals: fraction.length, unit: unitOf(word, i === 0 ? assumed : '') }));
  const known = parts.every((part) => Object.hasOwn(units, part.unit));
  return known && parts.every((part, i) => i === 0 || size(units, part.unit) < size(units, (parts[i - 1] as Part).unit)) ? parts : null;
};
const size = (units: Units, unit: string): bigint => units[unit] as bigint;

const reader =
  <U extends string>(units: Units, usual: U) =>
  (text: string, assumed: U = usual): Amount => {
    const parts = partsOf(tidy(text), units, assumed);
    if (!parts) return { ok: false, code: 'not-a-number' };
    const decimals = Math.max(...parts.map((part) => part.decimals));
    const above = parts.reduce((sum, part) => sum + part.digits * 10n ** BigInt(decimals - part.decimals) * size(units, part.unit), 0n);
    const below = 100n * 10n ** BigInt(decimals);
    const value = (2n * above + below) / (2n * below);
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) return { ok: false, code: 'too-large' };
    return { ok: true, value: Number(value), exact: above % below === 0n, units: parts.map((part) => part.unit) };
  };

/** Land as people write it: `3.25`, `15亩3分`, `1.2公顷`, `800 平方米`, full-width too; `assumed` holds where no unit is written. Signs and thousands separators are not read. */
export const readArea = reader<AreaUnit>(AREA, '亩');
/** Weight as people write it: `12.5吨`, `300公斤`, `40斤`, `5kg`. */
export const readWeight = reader<WeightUnit>(WEIGHT, '公斤');
/** Money as people write it: `1200`, `20万元`, `3元5角`. */
export const readMoney = reader<MoneyUnit>(MONEY, '元');

const valueOf = (amount: Amount, text: string): number => {
  if (!amount.ok) throw new RangeError(`${amount.code}: ${text}`);
  return amount.value;
};
/** `areaFrom('1.2', '公顷')` → 1800. @throws RangeError when the text is no amount, or too large for an exact integer */
export const areaFrom = (text: string, unit?: AreaUnit): number => valueOf(readArea(text, unit), text);
/** `weightFrom('1.5', '吨')` → 1 500 000 g. @throws RangeError like `areaFrom` */
export const weightFrom = (text: string, unit: WeightUnit): number => valueOf(readWeight(text, unit), text);
/** `moneyFrom('20', '万元')` → 20 000 000 fen. @throws RangeError like `areaFrom` */
export const moneyFrom = (text: string, unit?: MoneyUnit): number => valueOf(readMoney(text, unit), text);

/** One unit in hundredths of the integer, and the decimals it is printed with: enough of them to be read back unchanged. */
const PRINTED = { 亩: [10_000n, 2], 公顷: [150_000n, 4], '㎡': [15n, 2], 斤: [50_000n, 3], 公斤: [100_000n, 3], 吨: [100_000_000n, 6], 元: [10_000n, 2], 万元: [100_000_000n, 6] } as const;

/** `formatAmount(1_500_000, '公顷')` → `'1000.0000'`: the integer amount (hundredths of a 亩, grams, fen) in that unit, to the nearest last decimal. */
export const formatAmount = (amount: number, unit: keyof typeof PRINTED): string => {
  const [one, decimals] = PRINTED[unit];
  return decimal((BigInt(Math.abs(amount)) * 200n * 10n ** BigInt(decimals) + one) / (2n * one), decimals, amount < 0);
};
const decimal = (scaled: bigint, decimals: number, negative: boolean): string => {
  const digits = String(scaled).padStart(decimals + 1, '0');
  return `${negative ? '-' : ''}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
};
/** `325` → `'3.25'`: an integer of hundredths with both decimals. */
export const formatHundredths = (amount: number): string => decimal(BigInt(Math.abs(amount)), 2, amount < 0);

/** Percent with two decimals, half-up, computed exactly; null when nothing is counted below. */
export const percentOf = (numerator: number, denominator: number): string | null => {
  if (denominator === 0) return null;
  const below = BigInt(denominator);
  return formatHundredths(Number((2n * BigInt(numerator) * 10_000n + below) / (2n * below)));
};
