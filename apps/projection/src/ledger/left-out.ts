import type { Text } from '#decider';
import { admitted, counting, recognitionOf, registered } from './counting.js';
import type { Day } from './day.js';
import { lookAt, type Moment } from './evaluate.js';
import { filterOf, select } from './filter.js';
import type { Measure } from './measure.js';
import { villageOf } from './place.js';
import type { Dimension, FactIndex, Kind, Subject, Version } from './types.js';

/** Why a fact did not count. */
export const REASONS = {
  voided: { zh: '登记有误,已作废', en: 'entered in error and voided' },
  'not-confirmed': { zh: '尚未经农户确认或合作社接纳', en: 'not confirmed by the farmer or not admitted yet' },
  'not-yet-begun': { zh: '尚未生效', en: 'not yet in force on that day' },
  ended: { zh: '已结束', en: 'ended before that day' },
  'cooperative-dissolved': { zh: '合作社当日未登记在册', en: 'its cooperative is not registered on that day' },
  'recognition-lapsed': { zh: '龙头企业认定已失效', en: 'the recognition has lapsed' },
  'not-recognised': { zh: '企业当日没有有效的龙头企业认定', en: 'the enterprise is not recognised on that day' },
  'binding-does-not-count': { zh: '所依据的绑定不计入', en: 'the binding it rests on does not count' },
  'other-period': { zh: '不在统计期内', en: 'outside the period' },
  'other-group': { zh: '不属于所选分组', en: 'not of the group asked for' },
  'place-unknown': { zh: '所在村未知', en: 'where it stands is not known' },
  'already-counted': { zh: '已由其他事实计入', en: 'already counted by another fact' },
} as const satisfies Record<string, Text>;
export type Reason = keyof typeof REASONS;

export interface LeftOut {
  readonly fact: Version;
  readonly reason: Reason;
}

/** Facts that could have made it count; the others only say of whom or where. */
const COUNTABLE: ReadonlySet<Kind> = new Set(['binding', 'claim', 'link', 'recognition', 'planting', 'line', 'delivery', 'registration', 'region']);

const ofTime = (fact: Version, day: number): Reason | null => {
  if (fact.kind === 'binding' && !admitted(fact)) return 'not-confirmed';
  if (fact.from > day) return 'not-yet-begun';
  if (fact.to > day) return null;
  if (fact.kind === 'recognition') return 'recognition-lapsed';
  return fact.kind === 'registration' ? 'cooperative-dissolved' : 'ended';
};

const ofOthers = (fact: Version, day: Day): Reason | null => {
  if (fact.kind === 'link') return recognitionOf(day, fact) ? null : 'not-recognised';
  if (fact.kind !== 'binding' && fact.kind !== 'claim') return null;
  if (!registered(day).has(String(fact.attributes.cooperativeId))) return 'cooperative-dissolved';
  const binding = fact.kind === 'binding' ? fact.key : fact.attributes.bindingId;
  return counting(day).some(({ key }) => key === binding) ? null : 'binding-does-not-count';
};

const cohortOf = (fact: Version): number | null => (fact.kind === 'line' ? fact.due : fact.kind === 'planting' || fact.kind === 'delivery' ? fact.from : null);
const outside = (fact: Version, from: number | null, day: number): boolean => {
  const cohort = cohortOf(fact);
  return from !== null && cohort !== null && (cohort < from || cohort > day);
};

export interface LeftOutOf {
  readonly measure: Measure;
  /** '' is the total, else `dimension=value`. */
  readonly group: string;
  /** First day of the period; null for stocks. */
  readonly from: number | null;
}

/** The facts about a subject that a figure did not count, each with its reason. */
export const leftOutOf = ({ measure, group, from }: LeftOutOf, subject: Subject, facts: FactIndex, moment: Moment): LeftOut[] => {
  const { known, plain, seen } = lookAt(subject, facts, moment);
  const [dimension = '', value = ''] = group.split('=');
  const filter = group ? filterOf({ dimension: dimension as Dimension, value }) : null;
  const asked = filter ? seen.only(select(filter)) : seen;
  const inGroup = filter ? select(filter)(seen) : () => true;
  const mayBeSeen = moment.filter ? select(moment.filter)(plain) : () => true;
  const counts = measure.count(asked).filter((count) => (count.group ?? '') === (filter ? '' : group));
  const used = new Set(counts.filter(({ cohort }) => cohort === undefined || from === null || (cohort >= from && cohort <= moment.day)).flatMap(({ by }) => by));
  const placed = villageOf(plain) !== undefined;
  const relevant = (fact: Version): boolean => COUNTABLE.has(fact.kind) && measure.kinds.includes(fact.kind) && mayBeSeen(fact);
  const reasonOf = (fact: Version): Reason => {
    if (outside(fact, measure.period ? from : null, moment.day)) return 'other-period';
    const reason = ofTime(fact, moment.day) ?? ofOthers(fact, seen);
    if (reason) return reason;
    if (!placed) return 'place-unknown';
    return inGroup(fact) ? 'already-counted' : 'other-group';
  };
  const out = [...known.facts()].filter((fact) => relevant(fact) && !(placed && used.has(fact))).map((fact) => ({ fact, reason: reasonOf(fact) }));
  return [...out, ...[...known.voided()].filter(relevant).map((fact) => ({ fact, reason: 'voided' as const }))];
};
