/** What stands in one cell, as read: dates already are days, numbers keep the digits of the file. */
export interface Cell {
  readonly kind: 'text' | 'number' | 'date' | 'error' | 'picture';
  /** A text as it was typed; a number in plain digits (15 significant); a day as `YYYY-MM-DD`; an error as `#N/A`. */
  readonly text: string;
  /** Digits of a long number before the point: more than 15 means that the spreadsheet has rounded it. */
  readonly digits?: number;
  /** The cell holds a formula; `text` is the value it was saved with, empty when it was saved without one. */
  readonly formula?: boolean;
}

export const EMPTY: Cell = { kind: 'text', text: '' };

/** One row below the heading. Rows and columns count from 1, as a person sees them. */
export interface ReadRow {
  readonly row: number;
  readonly hidden: boolean;
  /** By position of the column in the declaration; a column the file has not is empty. */
  readonly cells: readonly Cell[];
}
