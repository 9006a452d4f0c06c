import { concerns, gather } from './gather.js';
import { byKnowledge, changeDays, Known } from './known.js';
import type { Measure } from './measure.js';
import { Profile, type Slot } from './profile.js';
import { linesBetween, Steps } from './steps.js';
import type { FactIndex, Kind, Line, Subject, Version } from './types.js';

const stepsFrom = (profile: Profile, known: Known, from: number, before: Steps): Steps => {
  const told = [...known.facts()];
  const days = [...new Set(told.flatMap(changeDays))].filter((day) => day >= from).sort((a, b) => a - b);
  const kept = before.before(from);
  return new Steps([...kept.days, ...days], [...kept.values, ...days.map((day) => profile.at(day, told))]);
};

/** Where a subject stands, and what may name or fit a group: a measure rests on these whether it says so or not. */
const PLACING: readonly Kind[] = ['home', 'land', 'seat', 'enterprise', 'line', 'contract'];
const NAMING: readonly Kind[] = ['binding', 'claim', 'link', 'registration', 'delivery'];
const restsOn = ({ kinds, groups }: Measure): ReadonlySet<Kind> =>
  new Set([...kinds, ...PLACING, ...(groups.length > 0 ? NAMING : []), ...(groups.includes('crop') ? (['planting'] as const) : [])]);

/** Measures that later knowledge can move: the others keep the lines they have. */
const movedBy = (measures: readonly Measure[]) => {
  const grounds = measures.map((measure) => ({ measure, kinds: restsOn(measure) }));
  return (later: readonly Version[]): readonly Measure[] => {
    const told = [...new Set(later.map(({ kind }) => kind))];
    return grounds.filter(({ kinds }) => told.some((kind) => kinds.has(kind))).map(({ measure }) => measure);
  };
};

/** A contract and its lines say on whatever day whether its loads count and where: their own days do not bound what they change. */
const mattersFrom = (subject: Subject, fact: Version): number =>
  subject.kind === 'contract' && (fact.kind === 'contract' || fact.kind === 'line') ? -Infinity : Math.min(...changeDays(fact));

/** Takes the next recordedAt's versions from `at` on; the place after them, and the first day they can change. */
const learnNext = (subject: Subject, known: Known, versions: readonly Version[], at: number): { next: number; from: number } => {
  const rec = versions[at]?.rec;
  let [next, from] = [at, Infinity];
  for (let version = versions[next]; version?.rec === rec && version; version = versions[next]) {
    const before = known.learn(version);
    for (const one of [version, before]) if (one && !one.voided) from = Math.min(from, mattersFrom(subject, one));
    next += 1;
  }
  return { next, from };
};

/**
 * Lines of one subject that are known after `since` (epoch ms): a function of the set of its versions, whatever their order
 * of arrival. Versions of one recordedAt are one step of knowledge.
 */
export const deriveWith = (measures: readonly Measure[]) => {
  const moved = movedBy(measures);
  return (subject: Subject, facts: FactIndex, since: number): Line[] => {
    const versions = gather(subject, facts).sort(byKnowledge);
    const slots = new Map<string, Slot>();
    const profile = new Profile(subject, moved(versions.filter(({ rec }) => rec > since)), slots);
    const known = new Known(concerns(subject));
    let i = 0;
    for (; (versions[i]?.rec ?? Infinity) <= since; i += 1) known.learn(versions[i] as Version);
    let steps = i ? stepsFrom(profile, known, -Infinity, new Steps([], [])) : new Steps([], []);
    const lines: Line[] = [];
    while (i < versions.length) {
      const rec = (versions[i] as Version).rec;
      const { next, from } = learnNext(subject, known, versions, i);
      i = next;
      if (from === Infinity) continue;
      const after = stepsFrom(profile, known, from, steps);
      for (const [name, day, delta] of linesBetween(steps, after, from)) lines.push({ ...(slots.get(name) as Slot), day, delta, rec });
      steps = after;
    }
    return lines;
  };
};
