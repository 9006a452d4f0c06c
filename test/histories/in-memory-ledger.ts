import type { RecordedEvent } from '#decider';
import { dayNumber } from '#standards';
import { periodSlices, stockSlice, type Slice, type Where } from '../../apps/projection/src/ask/slices.js';
import { Tree } from '../../apps/projection/src/ask/tree.js';
import type { Line, Subject, SubjectKind, Version } from '../../apps/projection/src/ledger/types.js';
import { MEASURES } from '../../apps/projection/src/measures/index.js';
import { Facts } from '../../apps/projection/src/store/facts.js';
import type { Derive } from '../../apps/projection/src/store/fold.js';
import { statedBy } from '../../apps/projection/src/store/versions.js';
import type { Asked } from './oracle/oracle.js';

export const versionsOf = (events: readonly RecordedEvent[]): Version[] => statedBy({ events }).map(({ version }) => version);

export const subjectsOf = (versions: readonly Version[]): Subject[] => {
  const of = (kind: SubjectKind, id: string | null | undefined): [string, Subject][] => (id ? [[`${kind}:${id}`, { kind, id }]] : []);
  const named = versions.flatMap(({ attributes: a }) => [...of('household', a.householdId), ...of('parcel', a.parcelId), ...of('cooperative', a.cooperativeId), ...of('enterprise', a.enterpriseId), ...of('contract', a.contractId), ...of('village', a.regionId)]);
  return [...new Map(named).values()];
};

const isPeriod = new Map(MEASURES.map(({ name, period }) => [name, period]));

/** The lines of a whole history, as the pure core derives them, and the figures that are their sums. No database. */
export class InMemoryLedger {
  readonly lines = new Map<string, readonly Line[]>();
  private readonly regions: readonly Version[];
  private readonly trees = new Map<number, Tree>();
  private readonly byFigure: Map<string, Line[]>;

  constructor(versions: readonly Version[], derive: Derive) {
    const facts = new Facts().addAll(versions);
    for (const subject of subjectsOf(versions)) this.lines.set(`${subject.kind}:${subject.id}`, derive(subject, facts, -1));
    this.byFigure = Map.groupBy([...this.lines.values()].flat(), ({ measure, group }) => `${measure}|${group}`);
    this.regions = versions.filter(({ kind }) => kind === 'region');
  }

  protected tree(knownAt: number): Tree {
    const tree = this.trees.get(knownAt) ?? new Tree(this.regions, knownAt);
    this.trees.set(knownAt, tree);
    return tree;
  }

  protected slices(where: Where, { period, since, until }: { period: boolean; since: number; until: number }): Slice[] {
    return period ? periodSlices(where, since, until) : stockSlice(where, until);
  }

  figure({ measure, group, region, within = null, asOf, from }: Asked, knownAt: number): number {
    const [until, since] = [dayNumber(asOf), dayNumber(from)];
    const slices = this.slices({ tree: this.tree(knownAt), region, within, granted: null }, { period: isPeriod.get(measure) ?? false, since, until });
    const known = (this.byFigure.get(`${measure}|${group}`) ?? []).filter(({ day, rec }) => day <= until && rec <= knownAt);
    return slices.reduce((sum, slice) => {
      const fits = ({ village, cohort }: Line): boolean => (slice.villages === null || slice.villages.includes(village)) && (cohort === null || (cohort >= slice.from && cohort <= slice.to));
      return known.reduce((s, line) => (fits(line) ? s + line.delta : s), sum);
    }, 0);
  }
}
