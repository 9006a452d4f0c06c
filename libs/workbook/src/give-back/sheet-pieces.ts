import type { Readable } from 'node:stream';
import { sheetText } from './sheet-text.js';

/**
 * A sheet part as it streams: what stands before the rows, whole rows (many at a time), what stands behind them. The text holds the part's
 * bytes one to one (latin1), so that what is not changed goes out as it came in.
 */
export interface Piece {
  readonly kind: 'head' | 'rows' | 'tail';
  readonly xml: string;
}

const OPENING = /<([\w.-]+:)?sheetData(?:\s[^>]*)?(\/?)>/;

/** Takes text as it comes and hands out what can be told apart. */
class Splitting {
  #held = '';
  #prefix = '';
  #at: Piece['kind'] = 'head';

  *take(portion: string): Generator<Piece> {
    this.#held += portion;
    if (this.#at === 'head') yield* this.#head();
    if (this.#at === 'rows') yield* this.#rows();
  }

  rest(): Piece {
    return { kind: 'tail', xml: this.#held };
  }

  *#head(): Generator<Piece> {
    const found = OPENING.exec(this.#held);
    if (!found) return;
    this.#prefix = found[1] ?? '';
    this.#at = found[2] ? 'tail' : 'rows';
    yield this.#cut('head', found.index + found[0].length);
  }

  *#rows(): Generator<Piece> {
    const end = this.#held.indexOf(`</${this.#prefix}sheetData>`);
    const row = `</${this.#prefix}row>`;
    const last = this.#held.lastIndexOf(row);
    if (end >= 0) this.#at = 'tail';
    if (end >= 0) yield this.#cut('rows', end);
    else if (last >= 0) yield this.#cut('rows', last + row.length);
  }

  #cut(kind: Piece['kind'], until: number): Piece {
    const xml = this.#held.slice(0, until);
    this.#held = this.#held.slice(until);
    return { kind, xml };
  }
}

export const piecesOf = async function* (stream: Readable): AsyncGenerator<Piece> {
  const splitting = new Splitting();
  for await (const portion of sheetText(stream)) yield* splitting.take(portion);
  yield splitting.rest();
};

/** The prefix of the sheet's elements, with its colon. */
export const prefixOf = (head: string): string => OPENING.exec(head)?.[1] ?? '';

/** A row within a piece. */
export interface RowPlace {
  readonly number: number;
  readonly start: number;
  /** Behind its opening tag. */
  readonly inner: number;
  /** Where its closing tag begins. */
  readonly innerEnd: number;
}

/** Walks the rows of pieces in order; a row without a number follows the one before. Rows without cells are passed over. */
export class RowWalk {
  #before = 0;
  readonly #open: string;
  readonly #close: string;

  constructor(prefix: string) {
    [this.#open, this.#close] = [`<${prefix}row`, `</${prefix}row>`];
  }

  *rows(xml: string): Generator<RowPlace> {
    for (let start = xml.indexOf(this.#open); start >= 0; ) {
      const inner = xml.indexOf('>', start) + 1;
      const written = /\sr="(\d+)"/.exec(xml.slice(start, inner))?.[1];
      this.#before = written === undefined ? this.#before + 1 : Number(written);
      const innerEnd = xml[inner - 2] === '/' ? inner : xml.indexOf(this.#close, inner);
      if (innerEnd > inner) yield { number: this.#before, start, inner, innerEnd };
      start = xml.indexOf(this.#open, innerEnd);
    }
  }
}
