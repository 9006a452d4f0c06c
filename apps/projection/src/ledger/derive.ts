import { Day } from './day.js';
import { filterOf, select, valuesOf } from './filter.js';
import { gather } from './gather.js';
import { byKnowledge, changeDays, Known } from './known.js';
import type { Count, Measure } from './measure.js';
import type { FactIndex, Kind, Line, Subject, Version } from './types.js';

/** Where a subject stands on a day: home, land, seat of the cooperative, the enterprise's village. */
export const villageOf = (day: Day): string | undefined => {
  const { kind, id } = day.subject;
  if (kind === 'village') return id;
  if (kind === 'household') return day.of('home')[0]?.attributes.villageId;
  if (kind === 'parcel') return day.of('land')[0]?.attributes.villageId;
  if (kind === 'enterprise') return day.of('enterprise')[0]?.attributes.villageId;
  if (kind === 'cooperative') return day.of('seat')[0]?.attributes.villageId;
  const cooperative = day.all('line')[0]?.attributes.cooperativeId ?? day.all('contract')[0]?.attributes.cooperativeId;
  return day.of('seat').find((seat) => seat.attributes.cooperativeId === cooperative)?.attributes.villageId;
};

/** A figure's place in the ledger; what it counts is kept by this name. */
interface Slot {
  readonly measure: string;
  readonly group: string;
  readonly village: string;
  readonly cohort: number | null;
}
type Values = Map<string, number>;

/** Runs the measures of one subject over its days. */
class Profile {
  private readonly measures: readonly Measure[];

  constructor(
    private readonly subject: Subject,
    all: readonly Measure[],
    readonly slots: Map<string, Slot>,
  ) {
    this.measures = all.filter((measure) => measure.subject === subject.kind);
  }

  at(day: number, told: readonly Version[]): Values {
    const values: Values = new Map();
    const plain = Day.of(this.subject, day, told);
    const groups = new Map<string, readonly [string, Day][]>();
    for (const measure of this.measures) {
      this.put(values, { measure, group: '', plain }, measure.count(plain));
      for (const dimension of measure.groups) {
        let seen = groups.get(dimension);
        if (!seen) groups.set(dimension, (seen = this.groupsOf(plain, dimension)));
        for (const [group, day] of seen) this.put(values, { measure, group, plain }, measure.count(day));
      }
    }
    return values;
  }

  private groupsOf(plain: Day, dimension: Measure['groups'][number]): [string, Day][] {
    return [...valuesOf(plain, dimension)].flatMap((value): [string, Day][] => {
      const filter = filterOf({ dimension, value });
      return filter ? [[`${dimension}=${value}`, plain.only(select(filter))]] : [];
    });
  }

  private put(values: Values, { measure, group, plain }: { measure: Measure; group: string; plain: Day }, counts: readonly Count[]): void {
    for (const { value, cohort = null, group: told } of counts) {
      if (value === 0 || (told !== undefined && group !== '')) continue;
      // A period figure stands where its subject stood on the cohort day.
      const village = villageOf(cohort === null ? plain : plain.on(cohort));
      if (village === undefined) continue;
      const slot = { measure: measure.name, group: told ?? group, village, cohort };
      const name = `${slot.measure}|${slot.group}|${village}|${cohort ?? ''}`;
      if (!this.slots.has(name)) this.slots.set(name, slot);
      values.set(name, (values.get(name) ?? 0) + value);
    }
  }
}

const NOTHING: Values = new Map();

/** What is in force on a day, from values by change day. */
class Steps {
  constructor(readonly days: readonly number[], readonly values: readonly Values[]) {}

  on(day: number): Values {
    let found = NOTHING;
    for (let i = 0; i < this.days.length && (this.days[i] as number) <= day; i += 1) found = this.values[i] as Values;
    return found;
  }

  /** The part that knowledge about later days leaves as it is. */
  before(day: number): { days: number[]; values: Values[] } {
    const count = this.days.filter((one) => one < day).length;
    return { days: this.days.slice(0, count), values: this.values.slice(0, count) };
  }
}

const difference = (now: Values, then: Values): Values => {
  const found: Values = new Map();
  for (const [name, value] of now) if (value !== (then.get(name) ?? 0)) found.set(name, value - (then.get(name) ?? 0));
  for (const [name, value] of then) if (!now.has(name)) found.set(name, -value);
  return found;
};

/** Lines by which one state of knowledge differs from the one before, from a day on. */
const linesBetween = (before: Steps, after: Steps, from: number): [string, number, number][] => {
  const days = [...new Set([...before.days, ...after.days])].filter((day) => day >= from).sort((a, b) => a - b);
  const lines: [string, number, number][] = [];
  let last = NOTHING;
  for (const day of days) {
    const now = difference(after.on(day), before.on(day));
    for (const [name, delta] of difference(now, last)) lines.push([name, day, delta]);
    last = now;
  }
  return lines;
};

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

/** Takes the next recordedAt's versions from `at` on; the place after them, and the first day they can change. */
const learnNext = (known: Known, versions: readonly Version[], at: number): { next: number; from: number } => {
  const rec = versions[at]?.rec;
  let [next, from] = [at, Infinity];
  for (let version = versions[next]; version?.rec === rec && version; version = versions[next]) {
    const before = known.learn(version);
    for (const one of [version, before]) if (one && !one.voided) from = Math.min(from, ...changeDays(one));
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
    const known = new Known();
    let i = 0;
    for (; (versions[i]?.rec ?? Infinity) <= since; i += 1) known.learn(versions[i] as Version);
    let steps = i ? stepsFrom(profile, known, -Infinity, new Steps([], [])) : new Steps([], []);
    const lines: Line[] = [];
    while (i < versions.length) {
      const rec = (versions[i] as Version).rec;
      const { next, from } = learnNext(known, versions, i);
      i = next;
      if (from === Infinity) continue;
      const after = stepsFrom(profile, known, from, steps);
      for (const [name, day, delta] of linesBetween(steps, after, from)) lines.push({ ...(slots.get(name) as Slot), day, delta, rec });
      steps = after;
    }
    return lines;
  };
};
