import { type Day, Told } from './day.js';
import { filterOf, select, valuesOf } from './filter.js';
import { concerns, gather } from './gather.js';
import { Known, learnUpTo } from './known.js';
import type { Measure } from './measure.js';
import { slotOf } from './profile.js';
import type { Dimension, Entry, FactIndex, Filter, Subject } from './types.js';

/** When and by whom a subject is looked at. */
export interface Moment {
  readonly day: number;
  /** Epoch ms; Infinity: all that is known. */
  readonly knownAt: number;
  /** What a grant on organisations lets through. */
  readonly filter?: Filter;
}

/** A subject at a moment: all that stands about it, and what of it the filter lets through. */
export interface Look {
  readonly known: Known;
  readonly plain: Day;
  readonly seen: Day;
}
export const lookAt = (subject: Subject, facts: FactIndex, { day, knownAt: rec, filter }: Moment): Look => {
  const known = learnUpTo(new Known(concerns(subject)), gather(subject, facts), rec);
  const plain = new Told(subject, known.facts()).on(day);
  return { known, plain, seen: filter ? plain.only(select(filter)) : plain };
};

/** What is wanted: one group ('' is the total), or every group of a dimension. */
export type Wanted = { readonly group: string } | { readonly dimension: string };

const isWanted = (wanted: Wanted, group: string): boolean => ('group' in wanted ? group === wanted.group : group.startsWith(`${wanted.dimension}=`));
const dimensionsOf = ({ groups }: Measure, wanted: Wanted): readonly Dimension[] =>
  groups.filter((dimension) => ('group' in wanted ? wanted.group.startsWith(`${dimension}=`) : dimension === wanted.dimension));

/** What one subject counts for in one measure, with the facts that made it. */
export const evaluateMeasure = (measure: Measure, { plain, seen }: Look, wanted: Wanted): Entry[] => {
  const entries: Entry[] = [];
  const put = (group: string, day: Day): void => {
    for (const count of measure.count(day)) {
      const slot = slotOf({ measure, group, plain }, count);
      if (slot && isWanted(wanted, slot.group)) entries.push({ ...slot, value: count.value, by: count.by });
    }
  };
  put('', seen);
  for (const dimension of dimensionsOf(measure, wanted)) {
    for (const value of valuesOf(seen, dimension)) {
      const group = `${dimension}=${value}`;
      const filter = isWanted(wanted, group) ? filterOf({ dimension, value }) : null;
      if (filter) put(group, seen.only(select(filter)));
    }
  }
  return entries;
};
