import type { Text } from '#decider';
import { counting, dueLines, leading, ofStandingContract, recognitionOf, registered } from './counting.js';
import { admitted, SERIES, startOfYear } from './known.js';
import type { Day } from './day.js';
import type { Look, Moment } from './evaluate.js';
import { filterOf, select } from './filter.js';
import type { Count, Measure } from './measure.js';
import { villageOf } from './place.js';
import type { Dimension, Kind, Version } from './types.js';

/** Why a fact did not count. */
export const REASONS = {
  voided: { zh: '登记有误,已作废', en: 'entered in error and voided' },
  'not-confirmed': { zh: '尚未经农户确认或合作社接纳', en: 'not confirmed by the farmer or not admitted yet' },
  'not-yet-begun': { zh: '尚未生效', en: 'not yet in force on that day' },
  ended: { zh: '已结束', en: 'ended before that day' },
  'cooperative-dissolved': { zh: '合作社当日未登记在册', en: 'its cooperative is not registered on that day' },
  'recognition-lapsed': { zh: '龙头企业认定已失效', en: 'the recognition has lapsed' },
  'not-recognised': { zh: '企业当日未登记或没有有效的龙头企业认定', en: 'the enterprise is not registered, or not recognised, on that day' },
  'enterprise-dissolved': { zh: '企业当日未登记在册', en: 'its enterprise is not registered on that day' },
  'binding-does-not-count': { zh: '所依据的绑定不计入', en: 'the binding it rests on does not count' },
  'contract-voided': { zh: '所属合同已作废', en: 'its contract was voided' },
  'line-not-due': { zh: '所属合同行未在统计期内到期,或已取消', en: 'its contract line did not fall due in the period, or was dropped' },
  'not-claimed': { zh: '播种日该地块没有有效绑定认领', en: 'no counting binding claimed its land on the day of sowing' },
  'other-period': { zh: '不在统计期内', en: 'outside the period' },
  'other-group': { zh: '不属于所选分组', en: 'not of the group asked for' },
  'place-unknown': { zh: '所在村未知', en: 'where it stands is not known' },
  'conditions-not-met': { zh: '不满足该指标的其他条件', en: 'the other conditions of the figure are not met' },
  'already-counted': { zh: '已由其他事实计入', en: 'already counted by another fact' },
} as const satisfies Record<string, Text>;
export type Reason = keyof typeof REASONS;

export interface LeftOut {
  readonly fact: Version;
  readonly reason: Reason;
  /** Other facts that are the reason: what was counted in its place, the dissolved cooperative, the binding that does not count. */
  readonly because: readonly Version[];
}

const ofTime = (fact: Version, day: number): Reason | null => {
  if (fact.kind === 'binding' && !admitted(fact)) return 'not-confirmed';
  if (fact.from > day) return 'not-yet-begun';
  if (fact.to > day) return null;
  if (fact.kind === 'recognition') return 'recognition-lapsed';
  return fact.kind === 'registration' ? 'cooperative-dissolved' : 'ended';
};

const ofBinding = (fact: Version, day: Day): Reason | null => {
  if (!registered(day).has(String(fact.attributes.cooperativeId))) return 'cooperative-dissolved';
  const binding = fact.kind === 'binding' ? fact.key : fact.attributes.bindingId;
  return counting(day).some(({ key }) => key === binding) ? null : 'binding-does-not-count';
};

const OF_OTHERS: Partial<Record<Kind, (fact: Version, day: Day) => Reason | null>> = {
  binding: ofBinding,
  claim: ofBinding,
  link: (fact, day) => (recognitionOf(day, fact) ? null : 'not-recognised'),
  recognition: (fact, day) => (leading(day).includes(fact) ? null : 'enterprise-dissolved'),
  line: (fact, day) => (ofStandingContract(day, fact) ? null : 'contract-voided'),
  delivery: (fact, day) => (ofStandingContract(day, fact) ? null : 'contract-voided'),
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

/** What a figure makes of the subject: what it counted, and what it would have counted had it stood somewhere. */
const countsOf = ({ measure, group, from }: LeftOutOf, plain: Day, asked: Day, filtered: boolean): { used: ReadonlySet<Version>; nowhere: ReadonlySet<Version> } => {
  const fits = ({ group: told, cohort }: Count): boolean =>
    (told ?? '') === (filtered ? '' : group) && (cohort === undefined || from === null || (cohort >= from && cohort <= plain.day));
  const counts = measure.count(asked).filter(fits);
  const placed = ({ cohort }: Count): boolean => villageOf(cohort === undefined ? plain : plain.on(cohort)) !== undefined;
  const facts = (some: readonly Count[]): Set<Version> => new Set(some.flatMap(({ by }) => by));
  return { used: facts(counts.filter(placed)), nowhere: facts(counts.filter((count) => !placed(count))) };
};

const ofSowing = (fact: Version, { period }: Measure, day: number): Reason | null => {
  if (period) return 'not-claimed';
  return fact.from < startOfYear(day) ? 'other-period' : null;
};

/** Why a fact did not count that nothing about itself keeps from it. */
const restOf = (fact: Version, { measure, from }: LeftOutOf, seen: Day, counted: boolean): Reason => {
  const sown = fact.kind === 'planting' ? ofSowing(fact, measure, seen.day) : null;
  if (sown) return sown;
  if (fact.kind === 'delivery' && measure.kinds.includes('line')) {
    const due = dueLines(seen).some(({ line }) => line.attributes.lineId === fact.attributes.lineId && !outside(line, from, seen.day));
    if (!due) return 'line-not-due';
  }
  return counted ? 'already-counted' : 'conditions-not-met';
};

const NO_LIMIT = (): boolean => true;
/** What is left of a day within a group; a group that the measure tells apart itself leaves all. */
const within = (group: string, seen: Day): { asked: Day; inGroup: (fact: Version) => boolean; filtered: boolean } => {
  const [dimension = '', value = ''] = group.split('=');
  const filter = filterOf({ dimension: dimension as Dimension, value });
  return filter ? { asked: seen.only(select(filter)), inGroup: select(filter)(seen), filtered: true } : { asked: seen, inGroup: NO_LIMIT, filtered: false };
};

const same = (name: 'cooperativeId' | 'enterpriseId' | 'lineId') => (fact: Version, other: Version): boolean => fact.attributes[name] === other.attributes[name];
/** Which facts are the reason, by kind and by what ties them to the one left out. */
const BECAUSE: Partial<Record<Reason, readonly [kind: Kind, is: (fact: Version, other: Version) => boolean]>> = {
  'cooperative-dissolved': ['registration', same('cooperativeId')],
  'enterprise-dissolved': ['enterprise', same('enterpriseId')],
  'not-recognised': ['recognition', same('enterpriseId')],
  'binding-does-not-count': ['binding', (fact, { key }) => key === fact.attributes.bindingId],
  'contract-voided': ['contract', (fact, { key }) => key === fact.attributes.contractId],
  'line-not-due': ['line', same('lineId')],
};

/**
 * Whether the list is the better for it. What was counted rests on facts of other kinds too, and of a series on its latest
 * statement: neither was left out. A link that stands is not what a chain lacks.
 */
const tells = ({ kind }: Version, reason: Reason, used: readonly Version[]): boolean => {
  if (reason === 'already-counted') return !SERIES.has(kind) && used.some((one) => one.kind === kind);
  return kind !== 'link' || (used.length === 0 && reason !== 'conditions-not-met');
};

/** The things about a subject that a figure did not count, each once, with its reason and the facts that are it. */
export const leftOutOf = (of: LeftOutOf, { known, plain, seen }: Look, moment: Moment): LeftOut[] => {
  const { measure, group, from } = of;
  const { asked, inGroup, filtered } = within(group, seen);
  const mayBeSeen = moment.filter ? select(moment.filter)(plain) : NO_LIMIT;
  const { used, nowhere } = countsOf(of, plain, asked, filtered);
  const placeless = used.size === 0 && (nowhere.size > 0 || villageOf(plain) === undefined);
  const lost = (fact: Version): boolean => placeless || nowhere.has(fact);
  const since = measure.period ? from : null;
  const [standing, voided] = [known.facts().filter(mayBeSeen), known.voided().filter(mayBeSeen)];
  const reasonOf = (fact: Version): Reason => {
    if (outside(fact, since, moment.day)) return 'other-period';
    const reason = ofTime(fact, moment.day) ?? OF_OTHERS[fact.kind]?.(fact, seen);
    if (reason) return reason;
    if (lost(fact)) return 'place-unknown';
    return inGroup(fact) ? restOf(fact, of, seen, used.size > 0) : 'other-group';
  };
  const becauseOf = (fact: Version, reason: Reason): readonly Version[] => {
    if (reason === 'already-counted') return [...used].filter(({ kind }) => kind === fact.kind);
    const [kind, is] = BECAUSE[reason] ?? [];
    return is ? [...standing, ...voided].filter((other) => other.kind === kind && other !== fact && is(fact, other)) : [];
  };
  const isThing = ({ kind }: Version): boolean => measure.things.includes(kind);
  const out = standing.filter((fact) => isThing(fact) && !used.has(fact)).map((fact) => ({ fact, reason: reasonOf(fact) }));
  const all = [...out.filter(({ fact, reason }) => tells(fact, reason, [...used])), ...voided.filter(isThing).map((fact) => ({ fact, reason: 'voided' as const }))];
  return all.map(({ fact, reason }) => ({ fact, reason, because: becauseOf(fact, reason) }));
};
