import { type Amount, type AreaUnit, formatAmount, formatHundredths, type MoneyUnit, normalise, readArea, readMoney, readWeight, type WeightUnit } from '#standards';
import type { ColumnKind, Finding, Given } from '../kind.js';
import { errors, found, none, notes, warnings } from './finding.js';

interface Written {
  readonly negative: boolean;
  readonly text: string;
  /** `3,5`: a decimal comma or a separator out of place. */
  readonly ambiguous: boolean;
}

/** Longer than 15 significant digits is the noise of binary numbers: 3.3000000000000003 is 3.3. */
const withoutNoise = (digits: string): string => (digits.replace(/^0+|\D/g, '').length > 15 ? String(Number(Number(digits).toPrecision(15))) : digits);

/** Sign, thousands separators and noise taken out; what is left is for the standards to read. */
const written = (raw: string): Written => {
  const spaced = /[\d.]\s+[\d.]/.test(raw.trim());
  const text = spaced ? raw.normalize('NFKC').trim() : normalise(raw);
  const unsigned = text.replace(/^[-−–]/, '');
  const grouped = unsigned.replace(/(?<![\d.,])\d{1,3}(,\d{3})+(?![\d,])/g, (number) => number.replaceAll(',', ''));
  return { negative: unsigned !== text, text: grouped.replace(/\d+\.\d+/g, withoutNoise), ambiguous: /\d,\d/.test(grouped) };
};

const tooPrecise = (text: string): boolean => /\.\d{3,}/.test(text);
const AREA_UNITS: Readonly<Record<string, AreaUnit>> = { 亩: '亩', 市亩: '亩', 公顷: '公顷', ha: '公顷', hm2: '公顷', 平方米: '㎡', 平米: '㎡', '㎡': '㎡', 'm²': '㎡', m2: '㎡' };
const unitOf = <U>(units: Readonly<Record<string, U>>, unit: string | undefined, usual: U): U => (unit === undefined ? usual : (units[normalise(unit).toLowerCase()] ?? usual));

/** Beyond this many hundredths of a 亩 a household's plot is hardly what was meant. */
const IMPLAUSIBLE = 50_000;

const areaFindings = (given: Given, text: string, amount: Amount & { ok: true }): Finding[] => {
  const right = formatHundredths(amount.value);
  const plain = amount.units.length === 1 && amount.units[0] === '亩';
  return [
    ...(plain ? [] : [found(given, 'area-converted', right)]),
    ...(plain && tooPrecise(text) ? [found(given, 'area-too-precise', right)] : []),
    ...(amount.value > IMPLAUSIBLE ? [found(given, 'area-implausible')] : []),
  ];
};

/** 面积: hundredths of a 亩, `3.25`. */
export const area: ColumnKind = {
  name: 'area',
  asText: false,
  accepts: { zh: '亩，最多两位小数；也可写 15亩3分、1.2公顷、800㎡', en: '亩 with two decimals; 15亩3分, 1.2公顷 and 800㎡ are understood' },
  codes: {
    ...errors({
      'area-not-a-number': ['不是面积', 'no area', '只填数字，单位为亩，如 3.25'],
      'area-ambiguous': ['逗号含义不明', 'it is not clear what the comma means', '小数点用“.”，如 3.5'],
      'area-not-positive': ['面积必须大于 0', 'an area is more than 0', '大于 0 的数字'],
    }),
    ...warnings({
      'area-too-precise': ['超过两位小数，已四舍五入', 'more than two decimals: rounded'],
      'area-implausible': ['面积超过 500 亩，请核对', 'more than 500 亩: make sure'],
    }),
    ...notes({ 'area-converted': ['已换算为亩', 'converted to 亩'] }),
  },
  repeats: true,
  read: (given) => {
    const { negative, text, ambiguous } = written(given.cell.text);
    if (ambiguous) return none(given, 'area-ambiguous');
    const amount = readArea(text, unitOf(AREA_UNITS, given.unit, '亩'));
    if (!amount.ok) return none(given, 'area-not-a-number');
    if (negative || amount.value === 0) return none(given, 'area-not-positive');
    return { value: formatHundredths(amount.value), findings: areaFindings(given, text, amount) };
  },
};

const MONEY_UNITS: Readonly<Record<string, MoneyUnit>> = { 元: '元', 万元: '万元', 万: '万元' };
/** 金额: 元 with two decimals; 万元 where the heading or the cell says so. */
export const money: ColumnKind = {
  name: 'money',
  asText: false,
  accepts: { zh: '元，如 1000 或 1,000.00', en: '元: 1000 or 1,000.00' },
  codes: errors({
    'money-format': ['不是金额', 'no amount of money', '只填数字，如 1000'],
    'money-negative': ['金额不能为负', 'an amount cannot be negative', '0 或大于 0 的数字'],
  }),
  repeats: true,
  read: (given) => {
    const { negative, text, ambiguous } = written(given.cell.text.replace(/^\s*[¥￥]/, ''));
    const amount = readMoney(text, unitOf(MONEY_UNITS, given.unit, '元'));
    if (ambiguous || !amount.ok) return none(given, 'money-format');
    return negative && amount.value > 0 ? none(given, 'money-negative') : { value: formatHundredths(amount.value) };
  },
};

const WEIGHT_UNITS: Readonly<Record<string, WeightUnit>> = { 吨: '吨', t: '吨', 公斤: '公斤', 千克: '公斤', kg: '公斤', 斤: '斤', 市斤: '斤', 克: '克', g: '克' };
/** 重量: 公斤 with three decimals (grams), whatever unit the heading or the cell names. */
export const weight: ColumnKind = {
  name: 'weight',
  asText: false,
  accepts: { zh: '公斤；也可写 12.5吨、40斤', en: '公斤; 12.5吨 and 40斤 are understood' },
  codes: errors({
    'weight-not-a-number': ['不是重量', 'no weight', '只填数字'],
    'weight-not-positive': ['重量必须大于 0', 'a weight is more than 0', '大于 0 的数字'],
  }),
  repeats: true,
  read: (given) => {
    const { negative, text, ambiguous } = written(given.cell.text);
    const amount = readWeight(text, unitOf(WEIGHT_UNITS, given.unit, '公斤'));
    if (ambiguous || !amount.ok) return none(given, 'weight-not-a-number');
    return negative || amount.value === 0 ? none(given, 'weight-not-positive') : { value: formatAmount(amount.value, '公斤') };
  },
};
