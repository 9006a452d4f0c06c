import { SERIES } from './known.js';
import type { Kind, Subject, Version } from './types.js';

const NOTHING: readonly Version[] = [];

/** Of a series the latest; of two on one day the one first told later holds. */
const keepLatest = (facts: Version[], fact: Version): void => {
  const i = facts.findIndex(({ subject }) => subject === fact.subject);
  if (i < 0) facts.push(fact);
  else if ((facts[i] as Version).from <= fact.from) facts[i] = fact;
};

/** Facts in force on a day: periods and flows that have begun and not ended, of each series the latest. */
const inForce = (facts: Iterable<Version>, day: number): Map<Kind, Version[]> => {
  const found = new Map<Kind, Version[]>();
  for (const fact of facts) {
    const series = SERIES.has(fact.kind);
    if (fact.from > day || (!series && day >= fact.to)) continue;
    const list = found.get(fact.kind);
    if (!list) found.set(fact.kind, [fact]);
    else if (series) keepLatest(list, fact);
    else list.push(fact);
  }
  return found;
};

/** Whether a fact stays. */
export type Fits = (fact: Version) => boolean;
/** Which facts stay, decided by what is in force that day. Where the same decides, it answers with the same function. */
export type Selection = (day: Day) => Fits;

/** What is told about one subject, of whatever day; its days share what they have found out. */
export class Told {
  private readonly days = new Map<number, Day>();
  private readonly whole = new Map<Fits, boolean>();

  /** @param facts in the order in which they were first told */
  constructor(
    readonly subject: Subject,
    readonly facts: readonly Version[],
  ) {}

  on(day: number): Day {
    let found = this.days.get(day);
    if (!found) this.days.set(day, (found = new Day(this, day, inForce(this.facts, day))));
    return found;
  }

  /** Whether nothing falls away. */
  staysWhole(fits: Fits): boolean {
    let stays = this.whole.get(fits);
    if (stays === undefined) this.whole.set(fits, (stays = this.facts.every(fits)));
    return stays;
  }
}

/** What a measure is given: the facts about one subject as they stand on one day. */
export class Day {
  private readonly results = new Map<unknown, unknown>();
  readonly subject: Subject;

  constructor(
    private readonly told: Told,
    readonly day: number,
    private readonly force: ReadonlyMap<Kind, readonly Version[]>,
    private readonly selected?: { readonly by: readonly Selection[]; readonly keep: Fits },
  ) {
    this.subject = told.subject;
  }

  /** Facts of a kind that are in force. */
  of(kind: Kind): readonly Version[] {
    return this.force.get(kind) ?? NOTHING;
  }

  /** Facts of a kind on whatever day. */
  all(kind: Kind): readonly Version[] {
    return this.told.facts.filter((fact) => fact.kind === kind && (!this.selected || this.selected.keep(fact)));
  }

  /** The same subject, seen in the same way, on another day. */
  on(day: number): Day {
    if (day === this.day) return this;
    const plain = this.told.on(day);
    return this.selected ? this.selected.by.reduce((seen, by) => seen.only(by), plain) : plain;
  }

  /** Computed once a day, however many measures ask. */
  once<T>(compute: (day: Day) => T): T {
    return this.onceBy(compute, () => compute(this));
  }

  /** The same under a name of its own. */
  onceBy<T>(name: unknown, compute: () => T): T {
    let found = this.results.get(name) as T | undefined;
    if (found === undefined) this.results.set(name, (found = compute()));
    return found;
  }

  /** Only the facts selected; this very day when nothing falls away, so that what it has computed serves again. */
  only(by: Selection): Day {
    return this.onceBy(by, () => this.selectedBy(by));
  }

  private selectedBy(by: Selection): Day {
    const fits = by(this);
    if (this.stays(by, fits)) return this;
    const before = this.selected;
    const keep = before ? (fact: Version): boolean => before.keep(fact) && fits(fact) : fits;
    const kept = new Map([...this.force].map(([kind, facts]) => [kind, facts.filter(fits)] as const));
    return new Day(this.told, this.day, kept, { by: [...(before?.by ?? []), by], keep });
  }

  /** Whether nothing falls away, neither on this day nor on those of sowing, which a parcel is seen on too. */
  private stays(by: Selection, fits: Fits): boolean {
    if (!this.told.staysWhole(fits)) return false;
    if (this.subject.kind !== 'parcel') return true;
    return !this.selected && this.of('planting').every(({ from }) => this.told.staysWhole(by(this.on(from))));
  }
}
