import type { Text } from '#decider';
import { normalise } from '#standards';
import type { Codes, ColumnKind, Surroundings } from './kind.js';
import { errors, notes } from './kinds/finding.js';
import type { AcrossRule, RowRule } from './rule.js';

export interface Column<Id extends string = string> {
  readonly id: Id;
  readonly heading: string;
  /** Other headings that mean this column; brackets, spaces, width and case do not matter. */
  readonly synonyms: readonly string[];
  readonly kind: ColumnKind;
  /** A row without it gets the error `<id>-missing`. */
  readonly required?: boolean;
  /** What an empty cell means; takes part in the key. */
  readonly absent?: string;
  /** Stands in the template's example row. */
  readonly example: string;
  readonly note?: Text;
  /** Of the template, in characters. */
  readonly width?: number;
  /** How a terminal shows a value that a person may see in full only in his own file. */
  readonly mask?: (value: string) => string;
}

/** What is known already under a row's key: canonical values by column; those that are not known are empty or left out. */
export type KnownRow<Id extends string = string> = Readonly<Partial<Record<Id, string>>>;
export type Values<Id extends string = string> = Readonly<Record<Id, string>>;

/** What a declaration says; the rest follows from its columns. */
export interface Declaration<Id extends string, S extends Surroundings> {
  readonly name: string;
  readonly title: Text;
  readonly version: number;
  readonly columns: readonly Column<Id>[];
  /** Canonical values of these tell one row from another. */
  readonly key: readonly Id[];
  /** Rows of one key are two all the same when both say this and it differs. */
  readonly apart?: (values: Values<Id>) => string;
  readonly rules?: readonly RowRule<Id, S>[];
  /** In this order: a later one sees the errors that an earlier one found. */
  readonly across?: (surroundings: S) => readonly AcrossRule<Id>[];
  /** Codes of the rules, beside those of the kinds. */
  readonly codes?: Codes;
  /** What is known under this row's key. */
  readonly known?: (values: Values<Id>, surroundings: S) => readonly KnownRow<Id>[];
  /** The values as they are recorded: what was known kept where a cell is empty, defaults filled in. */
  readonly complete?: (values: Values<Id>, surroundings: S) => Values<Id>;
  /** Columns whose sums are compared with the file's total row; what `once` names is counted once among accepted rows. */
  readonly sums?: readonly { readonly column: Id; readonly once: Id }[];
}

/** One kind of workbook: reading, judging, template and documentation follow from it. */
export interface Sheet<Id extends string = string, S extends Surroundings = Surroundings> extends Required<Declaration<Id, S>> {
  /** Every code a row may get. */
  readonly codes: Codes;
}

const COMMON: Codes = {
  ...errors({ 'cell-error': ['单元格是错误值，或公式没有结果', 'the cell holds an error, or a formula without a value', '改为直接填写的值'] }),
  ...notes({
    'formula-value': ['单元格是公式，取其结果', 'the cell is a formula: its value is taken'],
    'picture-cell': ['单元格是图片，不读取', 'the cell is a picture and is not read'],
  }),
};

const missing = (columns: readonly Column[]): Codes =>
  errors(Object.fromEntries(columns.filter(({ required }) => required).map(({ id, heading }) => [`${id}-missing`, [`没有填写${heading}`, `${id} is missing`, `填写${heading}`] as const])));

const contradiction = ({ name, columns, key }: { name: string; columns: readonly Column[]; key: readonly string[] }): string | null => {
  const words = new Map<string, string>();
  for (const { id, heading, synonyms } of columns) {
    for (const word of [heading, ...synonyms].map(normalise)) {
      const other = words.get(word);
      if (other !== undefined && other !== id) return `${name}: ${word} means ${other} and ${id}`;
      words.set(word, id);
    }
  }
  const stray = key.find((id) => !columns.some((column) => column.id === id));
  return stray === undefined ? null : `${name}: the key names no column: ${stray}`;
};

/** @throws Error when the declaration contradicts itself: a heading that means two columns, a key of an unknown column */
export const defineSheet = <Id extends string, S extends Surroundings = Surroundings>(declared: Declaration<Id, S>): Sheet<Id, S> => {
  const wrong = contradiction(declared);
  if (wrong !== null) throw new Error(wrong);
  const codes = Object.assign({}, COMMON, missing(declared.columns), ...declared.columns.map(({ kind }) => kind.codes), declared.codes) as Codes;
  return { apart: () => '', rules: [], across: () => [], known: () => [], complete: (values) => values, sums: [], ...declared, codes };
};
