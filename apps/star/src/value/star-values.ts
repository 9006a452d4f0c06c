import { NONE, stand, type StandardSheet, standingOnes, starValue, type StarValueData, type EnteredValue, type Standing } from '#contracts';
import { defineStream, type DomainEvent } from '#decider';
import { isExact } from '../scoring/exact.js';
import { fits, inputsOf, type InputKind } from '../scoring/inputs.js';
import { sheetOn } from '../sheet/standard-sheet.js';

/** 评星录入: what was entered for one village, of all years and criteria. */
export const starValues = defineStream<Standing<StarValueData>>({
  name: 'star_values',
  initial: NONE,
  evolve: (values, event: DomainEvent) => stand(values, starValue, event),
});

export const yearOf = (day: string): number => Number(day.slice(0, 4));

/** A criterion holds one value a day: the one of that day, other than `but`. */
export const enteredOn = (values: Standing<StarValueData>, { criterion, from }: Pick<StarValueData, 'criterion' | 'from'>, but?: string): StarValueData | undefined =>
  standingOnes(values).find((value) => value.criterion === criterion && value.from === from && value.factId !== but);

/** What the sheets in force on a day ask for under a name; undefined: nothing. */
export const askedFor = (sheets: readonly StandardSheet[], criterion: string, day: string): InputKind | undefined => {
  const stars = new Set(sheets.map(({ star }) => star));
  const inForce = [...stars].flatMap((star) => sheetOn(sheets.filter((sheet) => sheet.star === star), day) ?? []);
  return inForce.map(({ criteria }) => inputsOf(criteria).get(criterion)).find((kind) => kind !== undefined);
};

export const isAsAsked = (value: EnteredValue, kind: InputKind): boolean => fits(value, kind) && (typeof value !== 'number' || isExact(value)) && String(value).length <= 100;

const KINDS: Readonly<Record<string, string>> = { NUMBER: '数字,至多四位小数 / a number with at most four decimals', YES: 'true / false', TEXT: '文字 / text' };
/** The kind of an input, for whoever entered another. */
export const told = (kind: InputKind): string => (typeof kind === 'string' ? (KINDS[kind] ?? kind) : kind.join(', '));

export const NOT_ASKED = { zh: '当日有效的标准表没有录入项 {criterion}', en: 'no standard sheet in force on that day asks for {criterion}' };
export const NOT_AS_ASKED = { zh: '{criterion} 应为:{asked}', en: '{criterion} must be: {asked}' };
export const ENTERED_THAT_DAY = { zh: '{criterion} 在 {day} 已录入,请更正那一条', en: '{criterion} was entered for {day} already; correct that one' };
export const NO_VALUE = { zh: '没有这条录入,或已作废', en: 'no such value, or it is void' };
