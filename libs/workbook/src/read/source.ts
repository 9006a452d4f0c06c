import type { Cell } from './cell.js';
import type { Format, Remark } from './layout.js';

/** One row as the file has it; `cells[0]` stands in column 1, cells that are not there are left out. */
export interface RawRow {
  readonly row: number;
  readonly hidden: boolean;
  readonly cells: readonly (Cell | undefined)[];
}

/** Rows and columns from 1, both ends included. */
export interface Merge {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

export interface SheetSource {
  readonly name: string;
  readonly hidden: boolean;
  /** Batches of rows, in order; stopping early reads no further. */
  rows(): AsyncIterable<readonly RawRow[]>;
  /** The rows up to this number, where there is a cheaper way than to begin with all of them. */
  head?(upTo: number): Promise<readonly RawRow[]>;
  /** Merged cells and hidden columns; may have to read the sheet once. */
  merges(): Promise<readonly Merge[]>;
  /** Complete once the first row was read. */
  hiddenColumns(): readonly number[];
}

/** A file opened as a workbook; close it when done. */
export interface Book {
  readonly format: Format;
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly sheets: readonly SheetSource[];
  readonly remarks: readonly Remark[];
  close(): void;
}

/** What a file may hold at most. */
export interface Limits {
  readonly rows: number;
  readonly columns: number;
  readonly cellLength: number;
  /** Bytes that the parts of a package expand to, together. */
  readonly expanded: number;
  /** A part over 10 MB may not be more than this many times as large as its packed form. */
  readonly ratio: number;
  /** Characters of unique strings that are kept in memory. */
  readonly strings: number;
}

export const LIMITS: Limits = { rows: 1_048_576, columns: 1024, cellLength: 32_767, expanded: 4_000_000_000, ratio: 250, strings: 200_000_000 };

/** The rows up to a number, read no further. */
export const headOf = async (batches: AsyncIterable<readonly RawRow[]>, upTo: number): Promise<RawRow[]> => {
  const head: RawRow[] = [];
  for await (const rows of batches) {
    for (const row of rows) if (row.row <= upTo) head.push(row);
    if ((rows.at(-1)?.row ?? 0) >= upTo) break;
  }
  return head;
};
