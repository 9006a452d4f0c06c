import type { Kind, Version } from '../ledger/types.js';

/** One unit as it stands from a day on. */
export interface Unit {
  readonly id: string;
  readonly from: number;
  readonly code: string;
  readonly name: string;
  readonly level: string;
  readonly kind: string;
  readonly parentId: string | null;
}

interface RegionFacts {
  readonly regionId: string;
  readonly code: string;
  readonly name: string;
  readonly level: string;
  readonly kind: string;
  readonly parentId: string | null;
}

const byKnowledge = (a: Version, b: Version): number => a.rec - b.rec || a.service.localeCompare(b.service) || a.lane - b.lane || a.position - b.position;

/** For each key the last version known at `knownAt`, as units. */
const unitsOf = (versions: readonly Version[], knownAt: number): Unit[] => {
  const last = new Map<string, Version>();
  for (const version of versions.filter(({ rec }) => rec <= knownAt).sort(byKnowledge)) last.set(version.key, version);
  return [...last.values()]
    .filter(({ voided }) => !voided)
    .map(({ from, attributes }) => {
      const { regionId, code, name, level, kind, parentId } = attributes as unknown as RegionFacts;
      return { id: regionId, from, code, name, level, kind, parentId };
    });
};

interface Snapshot {
  readonly units: ReadonlyMap<string, Unit>;
  readonly children: ReadonlyMap<string, readonly string[]>;
  /** How many of them are villages. */
  readonly villages: number;
}

/** The tree of regions as known at one time: what was where on which day, by which code and name. */
export class Tree {
  private readonly series = new Map<string, Unit[]>();
  /** Ids of all units ever told of, known by then or not, voided or not. */
  private readonly told: ReadonlySet<string>;
  private readonly snapshots = new Map<number, Snapshot>();
  /** Days on which something in the tree changes, ascending. */
  readonly changes: readonly number[];

  constructor(versions: Iterable<Version>, knownAt: number) {
    const all = [...versions];
    this.told = new Set(all.map(({ subject }) => subject));
    const units = unitsOf(all, knownAt).sort((a, b) => a.from - b.from);
    for (const unit of units) this.series.set(unit.id, [...(this.series.get(unit.id) ?? []), unit]);
    this.changes = [...new Set(units.map(({ from }) => from))];
  }

  static of(facts: { all(kind: Kind): Iterable<Version> }, knownAt = Infinity): Tree {
    return new Tree(facts.all('region'), knownAt);
  }

  /** The unit as it stands on that day; before its first statement, undefined. */
  unit(id: string, day: number): Unit | undefined {
    return this.series.get(id)?.findLast(({ from }) => from <= day);
  }

  /** As it stands on that day, or else as it is first told. */
  known(id: string, day: number): Unit | undefined {
    return this.unit(id, day) ?? this.series.get(id)?.[0];
  }

  private at(day: number): Snapshot {
    const epoch = this.changes.findLast((change) => change <= day) ?? -Infinity;
    const made = this.snapshots.get(epoch);
    if (made) return made;
    const units = new Map<string, Unit>();
    const children = new Map<string, string[]>();
    for (const id of this.series.keys()) {
      const unit = this.unit(id, epoch);
      if (!unit) continue;
      units.set(id, unit);
      if (unit.parentId) children.set(unit.parentId, [...(children.get(unit.parentId) ?? []), id]);
    }
    const villages = [...units.values()].filter(({ level }) => level === 'VILLAGE').length;
    const snapshot = { units, children, villages };
    this.snapshots.set(epoch, snapshot);
    return snapshot;
  }

  children(id: string, day: number): readonly Unit[] {
    const { units, children } = this.at(day);
    return (children.get(id) ?? []).flatMap((child) => units.get(child) ?? []).sort((a, b) => a.code.localeCompare(b.code));
  }

  roots(day: number): readonly Unit[] {
    const { units } = this.at(day);
    return [...units.values()].filter(({ parentId }) => !parentId || !units.has(parentId)).sort((a, b) => a.code.localeCompare(b.code));
  }

  /** Ids of the villages in it on that day; of a village, itself. */
  villages(id: string, day: number): readonly string[] {
    const { units, children } = this.at(day);
    const unit = units.get(id);
    if (!unit) return [];
    if (unit.level === 'VILLAGE') return [id];
    return (children.get(id) ?? []).flatMap((child) => this.villages(child, day));
  }

  /** How many villages there are on that day. */
  size(day: number): number {
    return this.at(day).villages;
  }

  /** Ids of what is no unit on that day, though told of: what stands there stands in none. */
  nowhere(day: number): readonly string[] {
    return [...this.told].filter((id) => !this.unit(id, day));
  }

  /** Ids of the units that this code or name means: in force on that day before all, else as they ever were called. */
  find(text: string, day: number): readonly string[] {
    if (this.series.has(text)) return [text];
    const fits = ({ code, name }: Unit): boolean => code === text || name === text || shortName(name) === shortName(text);
    const now = [...this.at(day).units.values()].filter(fits).map(({ id }) => id);
    return now.length > 0 ? now : [...this.series].filter(([, units]) => units.some(fits)).map(([id]) => id);
  }

  /** Whether `id` lies in `region` on that day, both and all between being there. */
  within(id: string, region: string, day: number): boolean {
    for (let unit = this.unit(id, day); unit; unit = unit.parentId === null ? undefined : this.unit(unit.parentId, day)) if (unit.id === region) return true;
    return false;
  }

  /** Whether a unit has none above it on that day. */
  isRoot(id: string, day: number): boolean {
    const unit = this.unit(id, day);
    return unit !== undefined && (unit.parentId === null || !this.unit(unit.parentId, day));
  }
}

/** 白鹿庄村民委员会 and 白鹿庄村 are the same name. */
const shortName = (name: string): string => name.replace(/村民委员会$/, '村').replace(/社区居民委员会$|居民委员会$/, '社区').replace(/办事处$/, '');
