import type { Cell } from '../read/cell.js';

export type KindName = 'anything' | 'text' | 'identity-number' | 'credit-code' | 'region' | 'group' | 'parcel-code' | 'date' | 'area' | 'weight' | 'money' | 'phone' | 'one-of';

/** A finding about a cell; its texts stand in the sheet's table of codes. */
export interface Finding {
  readonly code: string;
  readonly column: string;
  readonly read?: string;
  readonly right?: string;
  readonly other?: string;
}

/** What a judging is told besides the rows. `today` is a day in Asia/Shanghai. */
export interface Surroundings {
  readonly today: string;
  readonly allowTestIds: boolean;
  readonly regions: Regions;
}

/** Where a name of a place leads on a day. */
export interface Regions {
  town(text: string): readonly string[];
  /** Codes of villages by a name or a code, within towns (9-digit codes) when some are given. */
  village(text: string, towns: readonly string[] | null): Place;
}
export type Place =
  | { readonly found: 'one'; readonly code: string; readonly name: string; readonly former: boolean }
  | { readonly found: 'none' | 'several' | 'left' };

export interface Given {
  readonly column: string;
  readonly cell: Cell;
  /** The unit in the heading's brackets. */
  readonly unit?: string;
  readonly required: boolean;
  readonly surroundings: Surroundings;
  /** What the columns declared before this one gave. */
  readonly before: Readonly<Record<string, Reading>>;
}

/** What a cell came to: its canonical text (a day, a code, an amount with two decimals), empty when there is none. */
export interface Reading {
  readonly value: string;
  readonly valid: boolean;
  readonly findings: readonly Finding[];
}

/** What a column accepts, once for reading, judging, template and documentation. */
export interface ColumnKind {
  readonly name: KindName;
  /** A template formats the column as text, as a number would be rounded or shortened. */
  readonly asText: boolean;
  /** What a drop-down offers, in Chinese. */
  readonly choices?: readonly string[];
  /** What is accepted, for the template's note and the documentation. */
  readonly accepts: { readonly zh: string; readonly en: string };
  readonly read: (given: Given) => Reading;
}
