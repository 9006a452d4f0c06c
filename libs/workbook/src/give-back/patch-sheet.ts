import type { Readable } from 'node:stream';
import { columnLetters } from '../package/cell-reference.js';
import { asciiText, spaceAttribute, xmlText } from '../package/xml-text.js';
import { attribute } from '../package/xml-tree.js';
import type { VerdictKind } from '../judge/verdict.js';
import type { Marks } from './marks.js';
import { lastCell, patchedRow, type RowChange, widened } from './patch-row.js';
import { piecesOf, type RowPlace, RowWalk } from './sheet-pieces.js';
import type { Colour, StyleBook } from './style-book.js';
import { RESULT_HEADING } from './words.js';

export interface SheetChanges {
  readonly prefix: string;
  /** What goes out before and behind the rows. */
  readonly head: string;
  readonly tail: string;
  readonly headingRows: readonly [first: number, last: number];
  /** The result column. */
  readonly result: number;
  readonly marks: Marks;
  readonly styles: StyleBook;
  readonly stale: ReadonlyMap<number, number>;
  /** Style of a column's cells that are not there. */
  readonly columnStyle: (column: number) => number;
}

const COLOUR_OF: Readonly<Record<VerdictKind, Colour>> = { ERROR: 'error', DUPLICATE: 'quiet', SUSPECT: 'suspect', UNCHANGED: 'quiet', UPDATE: 'change', NEW: 'good' };

/** Changes a sheet as it streams: a result behind each row, colours on the marked cells. Everything else passes through. */
class SheetPatch {
  readonly #walk: RowWalk;
  readonly #letters: string;

  constructor(private readonly changes: SheetChanges) {
    this.#walk = new RowWalk(changes.prefix);
    this.#letters = columnLetters(changes.result);
  }

  rows(xml: string): string {
    let [out, from] = ['', 0];
    for (const row of this.#walk.rows(xml)) {
      const changed = this.#changed(xml, row);
      if (changed === null) continue;
      out += xml.slice(from, row.start) + widened(xml.slice(row.start, row.inner), this.changes.result) + changed;
      from = row.innerEnd;
    }
    return out + xml.slice(from);
  }

  /** The row's cells, or null where it stays as it is. */
  #changed(xml: string, row: RowPlace): string | null {
    const { marks, stale, prefix } = this.changes;
    const resultCell = this.#resultCell(row.number);
    const styled = marks.cells.has(row.number) || stale.size > 0;
    if (!styled) return resultCell && (this.#lengthened(xml, row, resultCell) ?? patchedRow(xml, row, this.#change(xml, row, resultCell), prefix));
    return patchedRow(xml, row, this.#change(xml, row, resultCell), prefix);
  }

  /** Most rows only get a cell at their end; null where it belongs between others. */
  #lengthened(xml: string, row: RowPlace, resultCell: NonNullable<RowChange['resultCell']>): string | null {
    const last = lastCell(xml, row, this.changes.prefix);
    return last && last.column < this.changes.result ? xml.slice(row.inner, row.innerEnd) + resultCell(last.style) : null;
  }

  #change(xml: string, row: RowPlace, resultCell: RowChange['resultCell']): RowChange {
    const { marks, stale, result, styles, columnStyle } = this.changes;
    const tag = xml.slice(row.start, row.inner);
    const rowStyle = attribute(tag, 'customFormat') === '1' ? attribute(tag, 's') : undefined;
    const marked = [...(marks.cells.get(row.number) ?? [])].map(([column, { colour }]) => [column, (before: number) => styles.coloured(before, colour)] as const);
    return { cells: new Map(marked), absent: (column) => Number(rowStyle ?? columnStyle(column)), result, resultCell, stale };
  }

  #resultCell(number: number): RowChange['resultCell'] {
    const { headingRows: [first, last], marks, styles } = this.changes;
    if (number === first) return (neighbour) => this.#textCell(number, neighbour, RESULT_HEADING);
    if (number > first && number <= last) return (neighbour) => `<${this.changes.prefix}c r="${this.#letters}${number}" s="${neighbour}"/>`;
    const result = marks.results.get(number);
    return result ? (neighbour) => this.#textCell(number, styles.result(neighbour, COLOUR_OF[result.verdict]), result.text) : null;
  }

  #textCell(row: number, style: number, text: string): string {
    const p = this.changes.prefix;
    return `<${p}c r="${this.#letters}${row}" s="${style}" t="inlineStr"><${p}is><${p}t${spaceAttribute(text)}>${asciiText(xmlText(text))}</${p}t></${p}is></${p}c>`;
  }
}

export const patchSheet = async function* (stream: Readable, changes: SheetChanges): AsyncGenerator<Buffer> {
  const patch = new SheetPatch(changes);
  for await (const { kind, xml } of piecesOf(stream)) {
    yield Buffer.from(kind === 'rows' ? patch.rows(xml) : changes[kind], 'latin1');
  }
};
