import type { Readable } from 'node:stream';
import { areaOf, type Area, columnOf } from '../package/cell-reference.js';
import { attribute, elements, find, tagOf } from '../package/xml-tree.js';
import { type Piece, piecesOf, prefixOf, type RowPlace, RowWalk } from './sheet-pieces.js';

/** What has to be known of a sheet before its first row can be changed. */
export interface Survey {
  readonly prefix: string;
  readonly head: string;
  readonly tail: string;
  readonly merges: readonly Area[];
  /** Columns right of the table that hold something beside its rows. */
  readonly used: ReadonlySet<number>;
}

export interface Extent {
  readonly top: number;
  readonly bottom: number;
  /** The last column of the table. */
  readonly right: number;
}

const hasContent = (xml: string, cell: number, end: number): boolean => {
  const inner = xml.indexOf('>', cell) + 1;
  return inner < end && xml[inner - 2] !== '/' && xml[inner + 1] !== '/';
};

/** Notes the columns beyond the table's last that hold something, from the row's end backwards: most rows have none. */
const noteUsed = (xml: string, { inner, innerEnd }: RowPlace, { prefix, right, used }: { prefix: string; right: number; used: Set<number> }): void => {
  const open = `<${prefix}c `;
  for (let end = innerEnd, at = xml.lastIndexOf(open, innerEnd); at >= inner; end = at, at = xml.lastIndexOf(open, at - 1)) {
    const reference = attribute(xml.slice(at, xml.indexOf('>', at) + 1), 'r');
    const column = reference === undefined ? xml.slice(inner, end).split(open).length - 1 : columnOf(reference);
    if (column <= right) return;
    if (hasContent(xml, at, end)) used.add(column);
  }
};

const mergesOf = (tail: string): Area[] =>
  (find(elements(tail), 'mergeCells')?.children ?? []).flatMap((one) => areaOf(attribute(tagOf(tail, one), 'ref') ?? '') ?? []);

class Surveying {
  #walk = new RowWalk('');
  readonly used = new Set<number>();
  head = '';
  tail = '';
  prefix = '';

  constructor(private readonly table: Extent) {}

  take({ kind, xml }: Piece): void {
    if (kind === 'rows') this.#rows(xml);
    else this[kind] = xml;
    if (kind !== 'head') return;
    this.prefix = prefixOf(xml);
    this.#walk = new RowWalk(this.prefix);
  }

  #rows(xml: string): void {
    const { top, bottom, right } = this.table;
    for (const row of this.#walk.rows(xml)) if (row.number >= top && row.number <= bottom) noteUsed(xml, row, { prefix: this.prefix, right, used: this.used });
  }
}

export const survey = async (stream: Readable, table: Extent): Promise<Survey> => {
  const surveying = new Surveying(table);
  for await (const piece of piecesOf(stream)) surveying.take(piece);
  const { used, head, tail, prefix } = surveying;
  const merges = mergesOf(tail);
  for (const { left, right } of merges.filter(({ top, bottom }) => bottom >= table.top && top <= table.bottom)) {
    for (let column = Math.max(left, table.right + 1); column <= right; column += 1) used.add(column);
  }
  return { prefix, head, tail, merges, used };
};
