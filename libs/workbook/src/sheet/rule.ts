import type { Finding, Reading, Surroundings } from './kind.js';

/** A row as judged cell by cell. */
export interface JudgedRow<Id extends string = string> {
  readonly row: number;
  readonly values: Readonly<Record<Id, string>>;
  readonly readings: Readonly<Record<Id, Reading>>;
}

/** A rule over several cells of one row: speaks only when each of them is valid. */
export interface RowRule<Id extends string, S extends Surroundings> {
  readonly over: readonly Id[];
  readonly judge: (values: Readonly<Record<Id, string>>, surroundings: S) => readonly Finding[];
}

/** What has been found so far: by the cells, the row's rules and the rules over rows declared before. */
export interface Settled {
  hasError(row: number): boolean;
}

export interface Found {
  readonly row: number;
  readonly finding: Finding;
}

/** A rule over several rows: notes what it needs of each (little), and speaks when the last was read. */
export interface AcrossRule<Id extends string> {
  note(row: JudgedRow<Id>): void;
  settle(settled: Settled): Iterable<Found>;
}
