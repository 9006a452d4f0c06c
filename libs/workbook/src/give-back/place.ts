import type { Judgement } from '../judge/judgement.js';
import type { Area } from '../package/cell-reference.js';
import type { Anchor } from './marks.js';
import type { Survey } from './survey.js';
import { RESULT_HEADING } from './words.js';

/** The last column a sheet may have (XFD). */
const LAST_COLUMN = 16_384;

const isResult = (heading: string): boolean => heading.trim() === RESULT_HEADING;

/** The table as it was read: heading and rows, without what an earlier return added. */
export const tableOf = ({ layout, extent }: Judgement): Area => {
  const columns = [...layout.columns.values(), ...[...layout.unknown, ...layout.repeated].filter(({ heading }) => !isResult(heading)).map(({ column }) => column)];
  return { top: layout.headingRows[0], left: Math.min(...columns), bottom: Math.max(extent.lastRow, layout.headingRows[1]), right: Math.max(...columns) };
};

/** Where the result goes: its column of an earlier return, else the first free one right of the table. */
export const resultColumn = ({ layout }: Judgement, table: Area, used: ReadonlySet<number>): number => {
  const earlier = layout.unknown.find(({ heading }) => isResult(heading));
  if (earlier) return earlier.column;
  for (let column = table.right + 1; column <= LAST_COLUMN; column += 1) if (!used.has(column)) return column;
  throw new RangeError('no free column beside the table');
};

/** Content of a merged cell lies in its upper left one: where a reason about any cell of it is shown. */
export const anchorIn = ({ merges }: Survey, table: Area): Anchor => {
  const covered = new Map<number, readonly [number, number]>();
  const key = (row: number, column: number) => row * (LAST_COLUMN + 1) + column;
  for (const { top, left, bottom, right } of merges) {
    for (let row = Math.max(top, table.top); row <= Math.min(bottom, table.bottom); row += 1) {
      for (let column = Math.max(left, table.left); column <= Math.min(right, table.right); column += 1) covered.set(key(row, column), [top, left]);
    }
  }
  return (row, column) => covered.get(key(row, column)) ?? [row, column];
};
