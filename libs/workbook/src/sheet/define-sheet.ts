import type { Text } from '#decider';
import type { Severity } from '../judge/verdict.js';
import type { AcrossRule, RowRule } from './rule.js';
import type { ColumnKind, Surroundings } from './kind.js';

export interface Column<Id extends string = string> {
  readonly id: Id;
  readonly heading: string;
  /** Other headings that mean this column; brackets, spaces, width and case do not matter. */
  readonly synonyms: readonly string[];
  readonly kind: ColumnKind;
  readonly required?: boolean;
  /** Stands in the template's example row. */
  readonly example: string;
  readonly note?: Text;
  /** Of the template, in characters. */
  readonly width?: number;
  /** What a person may see in full only in his own file: how a terminal shows it. */
  readonly mask?: (value: string) => string;
}

export interface CodeText extends Text {
  readonly severity: Severity;
  /** A person has to decide: the row waits. */
  readonly suspect?: boolean;
  readonly right?: string;
}

/** What is known already under a row's key: canonical values by column; empty ones are not known. */
export type KnownRow<Id extends string = string> = Readonly<Partial<Record<Id, string>>>;

/** One kind of workbook: reading, judging, template and documentation follow from it. */
export interface Sheet<Id extends string = string, S extends Surroundings = Surroundings> {
  readonly name: string;
  readonly title: Text;
  readonly version: number;
  readonly columns: readonly Column<Id>[];
  /** Canonical values of these tell one row from another. */
  readonly key: readonly Id[];
  readonly rules: readonly RowRule<Id, S>[];
  readonly across: (surroundings: S) => readonly AcrossRule<Id>[];
  /** Every code a row may get. */
  readonly codes: Readonly<Record<string, CodeText>>;
  readonly known?: (surroundings: S, values: Readonly<Record<Id, string>>) => readonly KnownRow<Id>[];
  /** Columns whose sums are compared with the file's total row; each distinct `once` counts once. */
  readonly sums: readonly { readonly column: Id; readonly once: Id }[];
}

/** @throws Error when the declaration contradicts itself: a heading that means two columns, a key of an unknown column */
export const defineSheet = <Id extends string, S extends Surroundings>(sheet: Sheet<Id, S>): Sheet<Id, S> => sheet;
