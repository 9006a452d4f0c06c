import { Day } from './day.js';
import { filterOf, select, valuesOf } from './filter.js';
import { concerns, gather } from './gather.js';
import { Known, learnUpTo } from './known.js';
import type { Measure } from './measure.js';
import { slotOf } from './profile.js';
import type { Entry, FactIndex, Filter, Subject } from './types.js';

/** When and by whom a subject is looked at. */
export interface Moment {
  readonly day: number;
  /** Epoch ms; Infinity: all that is known. */
  readonly knownAt: number;
  /** What a grant on organisations lets through. */
  readonly filter?: Filter;
}

export const lookAt = (subject: Subject, facts: FactIndex, { day, knownAt: rec, filter }: Moment): { known: Known; plain: Day; seen: Day } => {
  const known = learnUpTo(new Known(concerns(subject)), gather(subject, facts), rec);
  const plain = Day.of(subject, day, [...known.facts()]);
  return { known, plain, seen: filter ? plain.only(select(filter)) : plain };
};

/** What one subject counts for in one measure, in total and in each group, with the facts that made it. */
export const evaluateMeasure = (measure: Measure, subject: Subject, facts: FactIndex, moment: Moment): Entry[] => {
  const { plain, seen } = lookAt(subject, facts, moment);
  const entries: Entry[] = [];
  const put = (group: string, day: Day): void => {
    for (const count of measure.count(day)) {
      const slot = slotOf({ measure, group, plain }, count);
      if (slot) entries.push({ ...slot, value: count.value, by: count.by });
    }
  };
  put('', seen);
  for (const dimension of measure.groups) {
    for (const value of valuesOf(seen, dimension)) {
      const filter = filterOf({ dimension, value });
      if (filter) put(`${dimension}=${value}`, seen.only(select(filter)));
    }
  }
  return entries;
};
