import { dayNumber, fromDayNumber, yearStart } from '#standards';
import type { Attributes, Kind, Version } from './types.js';
import { within } from './within.js';

/** The order in which things became known: the same whatever the order of arrival. */
export const byKnowledge = (a: Version, b: Version): number =>
  a.rec - b.rec || (a.service < b.service ? -1 : a.service > b.service ? 1 : a.lane - b.lane || a.position - b.position);

export const SERIES: ReadonlySet<Kind> = new Set(['home', 'standing', 'member', 'land', 'seat', 'operation', 'products', 'region']);

const starts = new Map<number, number>();
const startOfYear = (day: number): number => {
  const known = starts.get(day);
  if (known !== undefined) return known;
  const start = dayNumber(yearStart(fromDayNumber(day)));
  starts.set(day, start);
  return start;
};
export const nextYear = (day: number): number => startOfYear(startOfYear(day) + 366);
export { startOfYear };

const daysOf = (fact: Version): number[] => {
  const days = [fact.from];
  if (!SERIES.has(fact.kind) && fact.to !== Infinity) days.push(fact.to);
  if (fact.due !== null) days.push(fact.due);
  // What was sown counts as engagement to the end of its calendar year; a contract counts in every calendar year its period meets.
  if (fact.kind === 'planting') days.push(nextYear(fact.from));
  if (fact.kind === 'contract') days.push(startOfYear(fact.from), ...(fact.to === Infinity ? [] : [nextYear(fact.to - 1)]));
  return days;
};
const changeDaysOf = new WeakMap<Version, readonly number[]>();
/** Days on which a fact may change what its subject counts for. Asked again and again: after all that becomes known. */
export const changeDays = (fact: Version): readonly number[] => {
  let days = changeDaysOf.get(fact);
  if (!days) changeDaysOf.set(fact, (days = daysOf(fact)));
  return days;
};

const same = (one: unknown, other: unknown): boolean => one === other || (typeof one === 'object' && JSON.stringify(one) === JSON.stringify(other));
/** Admitted, whether it has ended since or not: drafts and submissions never count. */
export const admitted = ({ attributes: { state } }: Version): boolean => state === 'ACTIVE' || state === 'ENDED';
/** A draft, a submission and a confirmation are alike to every figure. */
const tells = (version: Version, name: keyof Attributes): unknown => (name === 'state' ? admitted(version) : version.attributes[name]);

/** Says of a fact what the version before it said, as far as any figure is concerned. */
export const saysTheSame = (one: Version, other: Version): boolean => {
  if (one.from !== other.from || one.to !== other.to || one.voided !== other.voided || one.due !== other.due) return false;
  const names = new Set([...Object.keys(one.attributes), ...Object.keys(other.attributes)]) as Set<keyof Attributes>;
  return [...names].every((name) => same(tells(one, name), tells(other, name)));
};

/** For each fact the last version told; of each kind in the order in which they were first told, which settles two on one day. */
export class Known {
  private readonly last = new Map<Kind, Map<string, Version>>();

  /** @param about whether a fact, as it now stands, is about the subject */
  constructor(private readonly about: (fact: Version) => boolean) {}

  /** Takes a later version; answers with the one it replaces. */
  learn(version: Version): Version | undefined {
    const facts = within(this.last, version.kind);
    const before = facts.get(version.key);
    facts.set(version.key, version);
    return before;
  }

  /** What is told so far of the fact of this version. */
  of({ kind, key }: Version): Version | undefined {
    return this.last.get(kind)?.get(key);
  }

  facts(): Version[] {
    return this.those(false);
  }

  voided(): Version[] {
    return this.those(true);
  }

  private those(voided: boolean): Version[] {
    const found: Version[] = [];
    for (const facts of this.last.values()) for (const version of facts.values()) if (version.voided === voided && this.about(version)) found.push(version);
    return found;
  }
}

/** Takes all that was known of a subject at `rec`. */
export const learnUpTo = (known: Known, versions: readonly Version[], rec: number): Known => {
  for (const version of [...versions].sort(byKnowledge)) if (version.rec <= rec) known.learn(version);
  return known;
};
