import type { Day, Selection, Told } from './day.js';
import type { Kinds } from './grounds.js';
import { filterOf, select, valuesOf } from './filter.js';
import type { Count, Measure } from './measure.js';
import { villageOf } from './place.js';
import { type Amounts, NO_AMOUNTS, type Values } from './steps.js';
import type { Dimension, SubjectKind } from './types.js';
import { within } from './within.js';

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

/** Numbers the places that one subject's figures have, so that amounts are kept by a small number. */
export class Slots {
  private readonly list: Slot[] = [];
  private readonly numbers = new Map<string, Map<string, Map<string, Map<number | null, number>>>>();

  number(slot: Slot): number {
    const cohorts = within(within(within(this.numbers, slot.measure), slot.group), slot.village);
    const known = cohorts.get(slot.cohort);
    if (known !== undefined) return known;
    cohorts.set(slot.cohort, this.list.length);
    return this.list.push(slot) - 1;
  }

  at(number: number): Slot {
    return this.list[number] as Slot;
  }
}

export interface Grounded {
  readonly measure: Measure;
  /** Kinds of facts that can move it. */
  readonly grounds: Kinds;
}
/** A day to be looked at, and what is known of it without looking. */
interface Looked {
  readonly day: number;
  readonly told: Told;
  /** Kinds of facts that change on this day: measures that rest on none of them stand as on the day looked at before. */
  readonly changed: Kinds;
  /** Kinds of facts that were learned: measures that rest on none of them stand as this day stood before. */
  readonly learned: Kinds;
  readonly before: Values;
  readonly previous: Values;
}

interface Grouped {
  readonly group: string;
  readonly by: Selection;
}
const OF_PEOPLE_AND_LAND: ReadonlySet<SubjectKind> = new Set(['household', 'parcel']);

/** Runs the measures of one subject over its days. */
export class Profile {
  private readonly groups = new Map<Dimension, Map<string, Grouped | null>>();

  readonly slots = new Slots();

  constructor(private readonly measures: readonly Grounded[]) {}

  at({ day, told, changed, learned, before, previous }: Looked): Values {
    return this.measures.map(({ measure, grounds }, i) => {
      if ((grounds & learned) === 0) return before[i] ?? NO_AMOUNTS;
      if ((grounds & changed) === 0) return previous[i] ?? NO_AMOUNTS;
      return this.amounts(measure, told.on(day));
    });
  }

  private amounts(measure: Measure, plain: Day): Amounts {
    const total = measure.count(plain);
    // Of people and land fewer facts never count for more: what counts for nothing counts in no group.
    if (total.length === 0 && OF_PEOPLE_AND_LAND.has(measure.subject)) return NO_AMOUNTS;
    const amounts = new Map<number, number>();
    this.put(amounts, { measure, group: '', plain }, total);
    for (const dimension of measure.groups) {
      for (const { group, seen } of this.groupsOf(plain, dimension)) {
        // A day from which nothing falls away is the plain one, and its count is known.
        this.put(amounts, { measure, group, plain }, seen === plain ? total : measure.count(seen));
      }
    }
    return amounts.size > 0 ? amounts : NO_AMOUNTS;
  }

  private groupsOf(plain: Day, dimension: Dimension): readonly { readonly group: string; readonly seen: Day }[] {
    return plain.onceBy(dimension, () => {
      const found = [];
      for (const value of valuesOf(plain, dimension)) {
        const grouped = this.grouped(dimension, value);
        if (grouped) found.push({ group: grouped.group, seen: plain.only(grouped.by) });
      }
      return found;
    });
  }

  private grouped(dimension: Dimension, value: string): Grouped | null {
    const known = within(this.groups, dimension);
    let grouped = known.get(value);
    if (grouped === undefined) {
      const filter = filterOf({ dimension, value });
      known.set(value, (grouped = filter ? { group: `${dimension}=${value}`, by: select(filter) } : null));
    }
    return grouped;
  }

  private put(amounts: Map<number, number>, { measure, group, plain }: Asked, counts: readonly Count[]): void {
    for (const count of counts) {
      const slot = slotOf({ measure, group, plain }, count);
      if (!slot) continue;
      const number = this.slots.number(slot);
      amounts.set(number, (amounts.get(number) ?? 0) + count.value);
    }
  }
}
