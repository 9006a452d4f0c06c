import type { Text } from '#decider';

export type Format = 'xlsx' | 'xls' | 'html' | 'csv';

/** Why a row was not taken for one of the table's. */
export type NotRead = 'title' | 'blank' | 'heading' | 'total' | 'signature' | 'example';

/** A heading of the file and the column it stands over (from 1). */
export interface Heading {
  readonly heading: string;
  readonly column: number;
}

/** What was taken for what, so that a person can object. Rows and columns count from 1, as a person sees them. */
export interface Layout {
  readonly format: Format;
  /** Of texts: `utf-8`, `utf-16le`, `utf-16be`, `gb18030`. */
  readonly encoding?: string;
  readonly delimiter?: string;
  /** Name of the sheet read; empty for a text file. */
  readonly sheet: string;
  readonly sheetHidden: boolean;
  /** Other sheets whose heading would have done as well: they are not read. */
  readonly otherSheets: readonly string[];
  readonly headingRows: readonly [first: number, last: number];
  /** Column id of the declaration → where it stands. */
  readonly columns: ReadonlyMap<string, number>;
  /** Column id → the heading as written, and the unit it names (`万元`), if it does. */
  readonly headings: ReadonlyMap<string, { readonly text: string; readonly unit?: string }>;
  readonly missing: readonly string[];
  readonly unknown: readonly Heading[];
  /** Headings that mean a column already found further left: not read. */
  readonly repeated: readonly (Heading & { readonly id: string })[];
  readonly hiddenColumns: readonly number[];
  /** Texts of the title rows above the heading. */
  readonly titles: readonly string[];
  /** The version of the template that the file was made from, if it says one. */
  readonly template?: string;
  /** What a person should know of the file: macros, somebody has it open. */
  readonly remarks: readonly Remark[];
}

export interface Remark extends Text {
  readonly code: string;
}

/** What is known only when the last row has been read. */
export interface Extent {
  readonly firstRow: number;
  readonly lastRow: number;
  readonly totalRow: number | null;
  /** What the total row says, by column id. */
  readonly stated: ReadonlyMap<string, string>;
  readonly hiddenRows: readonly number[];
  readonly notRead: readonly { readonly row: number; readonly why: NotRead }[];
}
