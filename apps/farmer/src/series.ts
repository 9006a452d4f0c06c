import { type Standing, standingOnes } from '#contracts';

/** Key of the next statement of a series about one subject. */
export const nextKey = (subject: string, series: string, standing: Standing<unknown>): string => `${subject}.${series}.${standing.made + 1}`;

/** What a series says on a day: its latest statement from that day or before. */
export const inForceOn = <D extends { readonly from: string }>(standing: Standing<D>, day: string): D | undefined =>
  standingOnes(standing)
    .filter((fact) => fact.from <= day)
    .reduce<D | undefined>((last, fact) => (last && last.from > fact.from ? last : fact), undefined);

export const NO_STATEMENT = { zh: '没有这条记录,或已作废', en: 'no such statement, or it is void' };
export const STATED_THAT_DAY = { zh: '{day} 已有一条记录,请更正那一条', en: 'there is a statement of {day} already; correct that one' };
export const ID_TAKEN = { zh: '编号 {id} 已被使用', en: 'the id {id} is taken' };
