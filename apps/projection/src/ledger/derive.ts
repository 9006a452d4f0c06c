import { Told } from './day.js';
import { concerns, gather } from './gather.js';
import { EVERY_KIND, groundsOf, kindOf, kindsOf, type Kinds } from './grounds.js';
import { byKnowledge, changeDays, Known, saysTheSame } from './known.js';
import type { Measure } from './measure.js';
import { PLACED_BY } from './place.js';
import { Profile, type Grounded } from './profile.js';
import { linesBetween, Steps, type Values } from './steps.js';
import type { FactIndex, Line, Subject, Version } from './types.js';

const NOTHING: Values = [];

/** Days on which something may change, each with the kinds of the facts that do. */
const kindsByDay = (told: readonly Version[]): Map<number, Kinds> => {
  const found = new Map<number, Kinds>();
  for (const fact of told) {
    const kind = kindOf(fact.kind);
    for (const day of changeDays(fact)) found.set(day, (found.get(day) ?? 0) | kind);
  }
  return found;
};
const inOrder = (days: Iterable<number>): number[] => [...days].sort((a, b) => a - b);

/** What is in force from a day on; of the days before it the last one too, which holds until then. */
const stepsAround = (profile: Profile, told: Told, first: number): Steps => {
  const kinds = kindsByDay(told.facts);
  const days = inOrder(kinds.keys());
  const later = days.findIndex((day) => day >= first);
  const needed = days.slice(Math.max(0, (later < 0 ? days.length : later) - 1));
  let values = NOTHING;
  return new Steps(needed, needed.map((day, i) => (values = profile.at({ day, told, changed: i ? (kinds.get(day) ?? 0) : EVERY_KIND, learned: EVERY_KIND, before: NOTHING, previous: values }))));
};

/** The same after something was learned that changes nothing before `from`. */
const stepsFrom = (profile: Profile, told: Told, { from, learned }: Learned, before: Steps): Steps => {
  const kinds = kindsByDay(told.facts);
  const days = inOrder(kinds.keys()).filter((day) => day >= from);
  const kept = before.before(from);
  let values = kept.values.at(-1) ?? NOTHING;
  const next = days.map((day) => (values = profile.at({ day, told, changed: kinds.get(day) ?? 0, learned, before: before.on(day), previous: values })));
  return new Steps([...kept.days, ...days], [...kept.values, ...next]);
};

interface Learned {
  /** The first day that can change; Infinity: none. */
  readonly from: number;
  /** Kinds of the facts that were told. */
  readonly learned: Kinds;
  readonly next: number;
}
/** A contract and its lines say on whatever day whether its loads count and where: their own days do not bound what they change. */
const mattersFrom = ({ kind }: Subject, fact: Version): number =>
  kind === 'contract' && (fact.kind === 'contract' || fact.kind === 'line') ? -Infinity : Math.min(...changeDays(fact));

/** The first of the days on which these may change something; what was voided changes none. */
const earliest = (subject: Subject, versions: readonly (Version | undefined)[]): number =>
  Math.min(Infinity, ...versions.flatMap((version) => (version && !version.voided ? [mattersFrom(subject, version)] : [])));

/** Takes the next recordedAt's versions from `at` on. */
const learnNext = (subject: Subject, known: Known, versions: readonly Version[], at: number): Learned => {
  const end = versions.findIndex(({ rec }, i) => i > at && rec !== versions[at]?.rec);
  const next = end < 0 ? versions.length : end;
  let [from, learned] = [Infinity, 0];
  for (const version of versions.slice(at, next)) {
    const before = known.learn(version);
    if (before && saysTheSame(version, before)) continue;
    learned |= kindOf(version.kind);
    from = Math.min(from, earliest(subject, [version, before]));
  }
  return { next, from, learned };
};

/** The first day that these versions, and those they replace, can change. */
const firstDay = (subject: Subject, known: Known, later: readonly Version[]): number => earliest(subject, later.flatMap((version) => [version, known.of(version)]));

/** When it is first told where a subject stands (epoch ms). A village is its own place. */
const firstPlace = ({ kind }: Subject, versions: readonly Version[]): number => {
  const placing = PLACED_BY[kind];
  return placing ? (versions.find((version) => version.kind === placing)?.rec ?? Infinity) : -Infinity;
};

/** Takes what was recorded before `until`; answers with how many versions these are. */
const learnBefore = (known: Known, versions: readonly Version[], until: number): number => {
  let i = 0;
  for (; (versions[i]?.rec ?? Infinity) < until; i += 1) known.learn(versions[i] as Version);
  return i;
};

/** Nothing was looked at before: whatever is told matters, from the beginning of time. */
const ofAll = ({ next }: Learned): Learned => ({ next, from: -Infinity, learned: EVERY_KIND });
const NO_STEPS = new Steps([], []);

/**
 * Lines of one subject that are known after `since` (epoch ms): a function of the set of its versions, whatever their order
 * of arrival. Versions of one recordedAt are one step of knowledge.
 */
export const deriveWith = (measures: readonly Measure[]) => {
  const grounded: readonly Grounded[] = measures.map((measure) => ({ measure, grounds: groundsOf(measure) }));
  return (subject: Subject, facts: FactIndex, since: number): Line[] => {
    const versions = gather(subject, facts).sort(byKnowledge);
    const known = new Known(concerns(subject));
    const standing = (): Told => new Told(subject, known.facts());
    // Who stands nowhere counts for nothing: what was told before of the organisations around is learned, and not looked at.
    const stands = firstPlace(subject, versions);
    let i = learnBefore(known, versions, Math.max(since + 1, stands));
    const later = versions.slice(i);
    const moved = stands <= since ? kindsOf(later) : EVERY_KIND;
    const profile = new Profile(grounded.filter(({ measure, grounds }) => measure.subject === subject.kind && (grounds & moved) !== 0));
    let steps = stands <= since ? stepsAround(profile, standing(), firstDay(subject, known, later)) : NO_STEPS;
    const lines: Line[] = [];
    while (i < versions.length) {
      const rec = (versions[i] as Version).rec;
      const told = learnNext(subject, known, versions, i);
      const learned = steps === NO_STEPS ? ofAll(told) : told;
      i = told.next;
      if (learned.from === Infinity) continue;
      const after = stepsFrom(profile, standing(), learned, steps);
      for (const [slot, day, delta] of linesBetween(steps, after, learned.from)) lines.push({ ...profile.slots.at(slot), day, delta, rec });
      steps = after;
    }
    return lines;
  };
};
