import { dayNumber, fromDayNumber, yearStart } from '#standards';
import type { Kind, Version } from './types.js';

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

/** Days on which a fact may change what its subject counts for. */
export const changeDays = (fact: Version): number[] => {
  const days = [fact.from];
  if (!SERIES.has(fact.kind) && fact.to !== Infinity) days.push(fact.to);
  if (fact.due !== null) days.push(fact.due);
  // What was sown counts as engagement to the end of its calendar year; a contract counts in every calendar year its period meets.
  if (fact.kind === 'planting') days.push(nextYear(fact.from));
  if (fact.kind === 'contract') days.push(startOfYear(fact.from), ...(fact.to === Infinity ? [] : [nextYear(fact.to - 1)]));
  return days;
};

/** For each fact the last version told; keeps the order in which facts were first told, which settles two on one day. */
export class Known {
  private readonly last = new Map<string, Version>();

  /** @param about whether a fact, as it now stands, is about the subject */
  constructor(private readonly about: (fact: Version) => boolean) {}

  /** Takes a later version; answers with the one it replaces. */
  learn(version: Version): Version | undefined {
    const name = `${version.kind}|${version.key}`;
    const before = this.last.get(name);
    this.last.set(name, version);
    return before;
  }

  *facts(): Generator<Version> {
    for (const version of this.last.values()) if (!version.voided && this.about(version)) yield version;
  }

  *voided(): Generator<Version> {
    for (const version of this.last.values()) if (version.voided && this.about(version)) yield version;
  }
}

/** Takes all that was known of a subject at `rec`. */
export const learnUpTo = (known: Known, versions: readonly Version[], rec: number): Known => {
  for (const version of [...versions].sort(byKnowledge)) if (version.rec <= rec) known.learn(version);
  return known;
};
