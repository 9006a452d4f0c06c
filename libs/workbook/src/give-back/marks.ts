import type { Judgement } from '../judge/judgement.js';
import type { Reason, RowVerdict, VerdictKind } from '../judge/verdict.js';
import type { Colour } from './style-book.js';
import { commentText, type Headings, resultText } from './words.js';

/** A cell to be coloured, and what its comment says; nothing for a change, which the result column tells. */
export interface Mark {
  readonly colour: Colour;
  readonly reasons: readonly Reason[];
}

export interface Marks {
  /** By row, by column: both from 1. */
  readonly cells: ReadonlyMap<number, ReadonlyMap<number, Mark>>;
  /** By row: what the result column says. */
  readonly results: ReadonlyMap<number, { readonly text: string; readonly verdict: VerdictKind }>;
  /** How often each code was given, and the first rows it stands in: one more than are named. */
  readonly codes: ReadonlyMap<string, { readonly reason: Reason; count: number; readonly rows: number[] }>;
}

/** Where a cell's content lies: the upper left cell of a merged area. */
export type Anchor = (row: number, column: number) => readonly [row: number, column: number];

const colourOf = (reasons: readonly Reason[], verdict: VerdictKind): Colour => {
  if (reasons.some(({ severity }) => severity === 'error')) return 'error';
  return verdict === 'SUSPECT' ? 'suspect' : 'warning';
};

const WORST: readonly Colour[] = ['error', 'suspect', 'warning', 'change'];

const both = (before: Mark | undefined, { colour, reasons }: Mark): Mark => {
  if (!before) return { colour, reasons };
  const said = new Set(before.reasons.map((one) => commentText([one])));
  return { colour: WORST.find((one) => one === colour || one === before.colour) ?? colour, reasons: [...before.reasons, ...reasons.filter((one) => !said.has(commentText([one])))] };
};

export const EXAMPLES = 5;

class Collecting {
  readonly cells = new Map<number, Map<number, Mark>>();
  readonly results = new Map<number, { text: string; verdict: VerdictKind }>();
  readonly codes = new Map<string, { reason: Reason; count: number; rows: number[] }>();

  constructor(private readonly columns: ReadonlyMap<string, number>, private readonly anchor: Anchor, private readonly heading: Headings) {}

  take(verdict: RowVerdict): void {
    this.results.set(verdict.row, { text: resultText(verdict, this.heading), verdict: verdict.verdict });
    for (const reason of verdict.reasons) this.#count(reason, verdict.row);
    for (const [id, reasons] of Map.groupBy(verdict.reasons.filter(({ severity }) => severity !== 'note'), ({ column }) => column)) {
      this.#mark(verdict.row, id, { colour: colourOf(reasons, verdict.verdict), reasons });
    }
    for (const { column } of verdict.changes) this.#mark(verdict.row, column, { colour: 'change', reasons: [] });
  }

  #count(reason: Reason, row: number): void {
    const known = this.codes.get(reason.code) ?? { reason, count: 0, rows: [] };
    known.count += 1;
    if (known.rows.length <= EXAMPLES && known.rows.at(-1) !== row) known.rows.push(row);
    this.codes.set(reason.code, known);
  }

  /** Several rows may meet in one merged cell: it says what is wrong for each of them, once. */
  #mark(row: number, id: string, mark: Mark): void {
    const column = this.columns.get(id);
    if (column === undefined) return;
    const [top, left] = this.anchor(row, column);
    const cells = this.cells.get(top) ?? new Map<number, Mark>();
    this.cells.set(top, cells);
    cells.set(left, both(cells.get(left), mark));
  }
}

export const collectMarks = ({ verdicts, layout }: Judgement, anchor: Anchor, heading: Headings): Marks => {
  const marks = new Collecting(layout.columns, anchor, heading);
  for (const verdict of verdicts) marks.take(verdict);
  return marks;
};
