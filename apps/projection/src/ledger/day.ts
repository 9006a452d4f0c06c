import { SERIES } from './known.js';
import type { Kind, Subject, Version } from './types.js';

const NOTHING: readonly Version[] = [];

/** Facts in force on a day: periods and flows that have begun and not ended, of each series the latest. */
const inForce = (facts: Iterable<Version>, day: number): Map<Kind, Version[]> => {
  const found = new Map<Kind, Version[]>();
  const latest = new Map<string, Version>();
  for (const fact of facts) {
    if (fact.from > day) continue;
    if (!SERIES.has(fact.kind)) {
      if (day < fact.to) push(found, fact);
      continue;
    }
    const name = `${fact.kind}|${fact.subject}`;
    const best = latest.get(name);
    // Of two on one day the one first told later holds.
    if (!best || best.from <= fact.from) latest.set(name, fact);
  }
  for (const fact of latest.values()) push(found, fact);
  return found;
};

const push = (found: Map<Kind, Version[]>, fact: Version): void => {
  const list = found.get(fact.kind);
  if (list) list.push(fact);
  else found.set(fact.kind, [fact]);
};

/** Which facts stay, decided by what is in force that day. */
export type Selection = (day: Day) => (fact: Version) => boolean;

/** What a measure is given: the facts about one subject as they stand on one day. */
export class Day {
  private readonly results = new Map<unknown, unknown>();
  private readonly others = new Map<number, Day>();

  private constructor(
    readonly subject: Subject,
    readonly day: number,
    private readonly facts: { readonly told: readonly Version[]; readonly force: ReadonlyMap<Kind, readonly Version[]> },
    private readonly selected?: { readonly by: readonly Selection[]; readonly keep: (fact: Version) => boolean },
  ) {}

  /** @param told facts of whatever day, in the order in which they were first told */
  static of(subject: Subject, day: number, told: readonly Version[]): Day {
    return new Day(subject, day, { told, force: inForce(told, day) });
  }

  /** Facts of a kind that are in force. */
  of(kind: Kind): readonly Version[] {
    return this.facts.force.get(kind) ?? NOTHING;
  }

  /** Facts of a kind on whatever day. */
  all(kind: Kind): readonly Version[] {
    return this.facts.told.filter((fact) => fact.kind === kind && (!this.selected || this.selected.keep(fact)));
  }

  /** The same subject, seen in the same way, on another day. */
  on(day: number): Day {
    if (day === this.day) return this;
    let other = this.others.get(day);
    if (!other) {
      const plain = Day.of(this.subject, day, this.facts.told);
      this.others.set(day, (other = this.selected ? this.selected.by.reduce((seen, by) => seen.only(by), plain) : plain));
    }
    return other;
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
    const fits = by(this);
    if (this.stays(by, fits)) return this;
    const { told, force } = this.facts;
    const before = this.selected;
    const keep = before ? (fact: Version): boolean => before.keep(fact) && fits(fact) : fits;
    const kept = new Map([...force].map(([kind, facts]) => [kind, facts.filter(fits)] as const));
    return new Day(this.subject, this.day, { told, force: kept }, { by: [...(before?.by ?? []), by], keep });
  }

  /** Whether nothing falls away, neither on this day nor on those of sowing, which a parcel is seen on too. */
  private stays(by: Selection, fits: (fact: Version) => boolean): boolean {
    const { told } = this.facts;
    if (!told.every(fits)) return false;
    if (this.subject.kind !== 'parcel') return true;
    return !this.selected && this.of('planting').every(({ from }) => told.every(by(this.on(from))));
  }
}
