/** In this precedence: the first that holds is the row's. */
export const VERDICTS = ['ERROR', 'DUPLICATE', 'SUSPECT', 'UNCHANGED', 'UPDATE', 'NEW'] as const;
export type VerdictKind = (typeof VERDICTS)[number];
export type Severity = 'error' | 'warning' | 'note';

/** Why a row got its verdict. The texts hold no personal data; `read` does. */
export interface Reason {
  readonly code: string;
  readonly severity: Severity;
  /** Id of the column. */
  readonly column: string;
  readonly zh: string;
  readonly en: string;
  /** What stood in the cell. */
  readonly read?: string;
  /** What was taken instead, or what would be right. */
  readonly right?: string;
  /** The other row's number, or `known`. */
  readonly other?: string;
}

export interface Change {
  readonly column: string;
  readonly before: string;
  readonly after: string;
}

export interface RowVerdict {
  readonly row: number;
  readonly verdict: VerdictKind;
  /** All of them, in the order of the columns. */
  readonly reasons: readonly Reason[];
  /** Of an UPDATE: each field that differs from what is known. */
  readonly changes: readonly Change[];
  /** The row, or the `known` one, that this one repeats, resembles or collides with. */
  readonly other?: string;
}

/** A figure of the file's total row beside the sums of what was read, in the column's own writing (`209.75`). */
export interface ColumnTotal {
  readonly column: string;
  /** What the total row says; null when there is none, or no number in it. */
  readonly stated: string | null;
  /** Every value that could be read and is positive. */
  readonly read: string;
  /** Of the accepted rows, each thing counted once. */
  readonly accepted: string;
}

export interface Totals {
  readonly rows: number;
  readonly byVerdict: Readonly<Record<VerdictKind, number>>;
  readonly sums: readonly ColumnTotal[];
}
