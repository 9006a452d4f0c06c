import type { Text } from '#decider';
import type { Cell } from '../read/cell.js';
import type { Severity } from '../judge/verdict.js';
import type { Regions } from './regions.js';

export type KindName = 'serial' | 'anything' | 'text' | 'identity-number' | 'credit-code' | 'region' | 'group' | 'parcel-code' | 'date' | 'area' | 'weight' | 'money' | 'phone' | 'one-of';

/** What a code says to a person; never personal data. */
export interface CodeText extends Text {
  readonly severity: Severity;
  /** A person has to decide: the row waits. */
  readonly suspect?: boolean;
  /** What would be right, where the finding itself does not say it. */
  readonly right?: string;
}
export type Codes = Readonly<Record<string, CodeText>>;

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

export interface Given {
  readonly column: string;
  /** Not empty: an empty cell never comes to a kind. */
  readonly cell: Cell;
  /** The unit in the heading's brackets. */
  readonly unit?: string;
  readonly surroundings: Surroundings;
  /** What the columns declared before this one gave. */
  readonly before: Readonly<Record<string, Reading>>;
}

/** What a cell came to: its canonical text (a day, a code, an amount with two decimals), empty when there is none. */
export interface Reading {
  readonly value: string;
  /** No error was found in the cell; an empty one that need not be there is valid. */
  readonly valid: boolean;
  readonly findings: readonly Finding[];
}

/** Reads a cell: its value, or `null` when it has none that could be taken, and what was found. */
export type Read = (given: Given) => { readonly value: string | null; readonly findings?: readonly Finding[] };

/** What a column accepts, once for reading, judging, template and documentation. */
export interface ColumnKind {
  readonly name: KindName;
  /** A template formats the column as text, as a number would be rounded or shortened. */
  readonly asText: boolean;
  /** What a drop-down offers, in Chinese. */
  readonly choices?: readonly string[];
  /** What is accepted, for the template's note and the documentation. */
  readonly accepts: Text;
  readonly codes: Codes;
  /** The same cell always reads the same, whatever stands beside it, and few different ones are to be expected. */
  readonly repeats: boolean;
  readonly read: Read;
}
