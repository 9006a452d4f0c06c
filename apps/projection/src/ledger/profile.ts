import { Day } from './day.js';
import { filterOf, select, valuesOf } from './filter.js';
import type { Count, Measure } from './measure.js';
import { villageOf } from './place.js';
import type { Values } from './steps.js';
import type { Subject, Version } from './types.js';

/** A figure's place in the ledger; what it counts is kept by this name. */
export interface Slot {
  readonly measure: string;
  readonly group: string;
  readonly village: string;
  readonly cohort: number | null;
}
/** One measure, in total ('') or in one group, of a subject on a day. */
interface Asked {
  readonly measure: Measure;
  readonly group: string;
  readonly plain: Day;
}

/** Where a count belongs; null: it is nothing, stands nowhere, or belongs to a group that the measure tells apart itself. */
export const slotOf = ({ measure, group, plain }: Asked, { value, cohort, group: told }: Count): Slot | null => {
  if (value === 0 || (told !== undefined && group !== '')) return null;
  // A period figure stands where its subject stood on the cohort day.
  const village = villageOf(cohort === undefined ? plain : plain.on(cohort));
  return village === undefined ? null : { measure: measure.name, group: told ?? group, village, cohort: cohort ?? null };
};

/** Runs the measures of one subject over its days. */
export class Profile {
  private readonly measures: readonly Measure[];

  constructor(
    private readonly subject: Subject,
    all: readonly Measure[],
    readonly slots: Map<string, Slot>,
  ) {
    this.measures = all.filter((measure) => measure.subject === subject.kind);
  }

  at(day: number, told: readonly Version[]): Values {
    const values = new Map<string, number>();
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

  private put(values: Map<string, number>, { measure, group, plain }: Asked, counts: readonly Count[]): void {
    for (const count of counts) {
      const slot = slotOf({ measure, group, plain }, count);
      if (!slot) continue;
      const name = `${slot.measure}|${slot.group}|${slot.village}|${slot.cohort ?? ''}`;
      if (!this.slots.has(name)) this.slots.set(name, slot);
      values.set(name, (values.get(name) ?? 0) + count.value);
    }
  }
}
