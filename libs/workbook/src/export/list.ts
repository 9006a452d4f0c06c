import { dayNumber } from '#standards';

/** Numbers are numbers, or decimals as text (`3.25`); days are `2022-07-18`. Null and the empty text leave the cell empty. */
export type Value = string | number | null;

export interface ExportColumn {
  readonly heading: string;
  /** `text` holds whatever would be rounded, shortened or calculated as a number: identity numbers, codes, phones. */
  readonly kind: 'text' | 'number' | 'day';
  /** In characters; 14 unless told. */
  readonly width?: number;
}

/** A list on its way out, a batch of rows at a time: of any length. */
export interface ExportList {
  readonly title: string;
  /** 填报单位 */
  readonly reportedBy: string;
  /** 统计时点: the day the figures hold for. */
  readonly asOf: string;
  /** 生成时间 */
  readonly generatedAt: string;
  /** How to get the same again: label and value, such as a filter, a definition's version, a command. */
  readonly again: readonly (readonly [label: string, value: string])[];
  readonly columns: readonly ExportColumn[];
  readonly batches: Iterable<readonly (readonly Value[])[]> | AsyncIterable<readonly (readonly Value[])[]>;
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** @throws TypeError when a value of a number column is none: it would become a text, or worse a formula */
export const numberText = (value: string | number): string => {
  if (typeof value === 'number' ? Number.isFinite(value) : NUMBER.test(value)) return String(value);
  throw new TypeError('no number in a column of numbers');
};

const days = new Map<string | number, number>();

/** Days since 1970-01-01; a list has few different ones, so they are remembered. @throws RangeError when there is no such day */
export const daysOf = (value: string | number): number => {
  const known = days.get(value);
  if (known !== undefined) return known;
  if (days.size > 50_000) days.clear();
  const number = dayNumber(String(value));
  days.set(value, number);
  return number;
};
