import { columnLetters, columnOf } from '../package/cell-reference.js';
import { attribute, withAttribute } from '../package/xml-tree.js';
import type { RowPlace } from './sheet-pieces.js';

export interface RowChange {
  /** By column, from 1: the style of a cell from the one it has. */
  readonly cells: ReadonlyMap<number, (before: number) => number>;
  /** Style of a cell that is not there, by column. */
  readonly absent: (column: number) => number;
  readonly result: number;
  /** The result's cell from its neighbour's style; null where the row has none. */
  readonly resultCell: ((neighbour: number) => string) | null;
  /** Our earlier styles → what they were made from. */
  readonly stale: ReadonlyMap<number, number>;
}

interface CellPlace {
  readonly column: number;
  readonly start: number;
  readonly inner: number;
  readonly end: number;
  readonly style: number;
}

const cellsOf = (xml: string, { inner, innerEnd }: RowPlace, prefix: string): CellPlace[] => {
  const [open, close] = [`<${prefix}c`, `</${prefix}c>`];
  const cells: CellPlace[] = [];
  let column = 0;
  for (let start = xml.indexOf(open, inner); start >= 0 && start < innerEnd; ) {
    const behind = xml.indexOf('>', start) + 1;
    const tag = xml.slice(start, behind);
    const reference = attribute(tag, 'r');
    column = reference === undefined ? column + 1 : columnOf(reference);
    const end = tag.endsWith('/>') ? behind : xml.indexOf(close, behind) + close.length;
    cells.push({ column, start, inner: behind, end, style: Number(attribute(tag, 's') ?? 0) });
    start = xml.indexOf(open, end);
  }
  return cells;
};

const restyled = (xml: string, cell: CellPlace, style: number): string =>
  style === cell.style ? xml.slice(cell.start, cell.end) : withAttribute(xml.slice(cell.start, cell.inner), 's', String(style)) + xml.slice(cell.inner, cell.end);

/** The row's `spans` name its first and last column: a hint, but a wrong one is taken for damage by some. */
export const widened = (tag: string, column: number): string =>
  tag.replace(/(\sspans="\d+:)(\d+)"/, (whole, head: string, last: string) => (Number(last) < column ? `${head}${column}"` : whole));

/** The cells of a row, changed; the columns stay in order. A result that a row has no more goes with its style, which is ours. */
export const patchedRow = (xml: string, row: RowPlace, change: RowChange, prefix: string): string => {
  const { cells, result, resultCell, stale } = change;
  const there = cellsOf(xml, row, prefix).filter(({ column, style }) => column !== result || (!resultCell && !stale.has(style)));
  const places = new Map(there.map((cell) => [cell.column, cell]));
  const columns = [...new Set([...places.keys(), ...cells.keys()])].sort((a, b) => a - b);
  const styleBefore = (column: number): number => {
    const style = places.get(column)?.style ?? change.absent(column);
    return stale.get(style) ?? style;
  };
  const one = (column: number): string => {
    const cell = places.get(column);
    const before = styleBefore(column);
    const style = cells.get(column)?.(before) ?? before;
    return cell ? restyled(xml, cell, style) : `<${prefix}c r="${columnLetters(column)}${row.number}" s="${style}"/>`;
  };
  const left = columns.filter((column) => column < result);
  const neighbour = left.at(-1);
  const ours = resultCell ? resultCell(neighbour === undefined ? 0 : styleBefore(neighbour)) : '';
  return left.map(one).join('') + ours + columns.slice(left.length).map(one).join('');
};

/** The style of the last cell of a row and its column: most rows are only lengthened. */
export const lastCell = (xml: string, { inner, innerEnd }: RowPlace, prefix: string): { column: number; style: number } | null => {
  const at = xml.lastIndexOf(`<${prefix}c `, innerEnd);
  if (at < inner) return { column: 0, style: 0 };
  const tag = xml.slice(at, xml.indexOf('>', at) + 1);
  const reference = /\sr="([A-Z]+)/.exec(tag)?.[1];
  return reference === undefined ? null : { column: columnOf(reference), style: Number(/\ss="(\d+)"/.exec(tag)?.[1] ?? 0) };
};
