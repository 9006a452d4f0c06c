import type { Table } from '../read/table.js';
import type { Sheet } from '../sheet/define-sheet.js';
import type { Surroundings } from '../sheet/kind.js';
import { Judging } from './judge.js';
import type { Judgement } from './judgement.js';

/** A message to another thread costs as much as many rows. */
const ROWS_BETWEEN = 5000;

export interface Progress {
  readonly rows: number;
}

/** Reads a table to its end and judges it. @throws Unreadable where the file turns out to be damaged, over a limit or cancelled */
export const judgeTable = async <Id extends string, S extends Surroundings>(
  table: Table,
  sheet: Sheet<Id, S>,
  surroundings: S,
  onProgress?: (progress: Progress) => void,
): Promise<Judgement & { readonly judging: Judging<Id, S> }> => {
  const judging = new Judging(sheet, surroundings, table.layout);
  let [rows, told] = [0, 0];
  for await (const batch of table.rows()) {
    for (const row of batch) judging.add(row);
    rows += batch.length;
    if (rows - told < ROWS_BETWEEN) continue;
    told = rows;
    onProgress?.({ rows });
  }
  if (told < rows) onProgress?.({ rows });
  const extent = table.extent();
  return { layout: table.layout, extent, totals: judging.totals(extent), verdicts: { [Symbol.iterator]: () => judging.verdicts() }, judging };
};
