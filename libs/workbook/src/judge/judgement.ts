import type { Extent, Layout } from '../read/layout.js';
import type { RowVerdict, Totals } from './verdict.js';

/** One file judged: what giving it back needs. */
export interface Judgement {
  readonly layout: Layout;
  readonly extent: Extent;
  readonly totals: Totals;
  /** In row order; made anew, one at a time, each time it is walked. */
  readonly verdicts: Iterable<RowVerdict>;
}
