import { columnLetters } from '../package/cell-reference.js';
import { spaceAttribute, xmlText } from '../package/xml-text.js';
import { DECLARATION } from './new-workbook.js';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const PIECE = 1 << 17;

export interface SheetCell {
  readonly value: string | number | null;
  readonly style: number;
  /** The value is an error of a calculation (`#N/A`). */
  readonly error?: boolean;
}

export interface SheetOptions {
  readonly widths: readonly number[];
  /** Styles by column of cells that are not written, from the first column on. */
  readonly columnStyles?: readonly number[];
  /** Rows above that stay in view. */
  readonly frozenRows?: number;
  readonly selected?: boolean;
  /** Printed on pages of the sheet's width. */
  readonly fitted?: boolean;
  /** What follows the cells, in the order of the schema; asked when they are all written. */
  readonly tail?: () => string;
}

export const cellXml = (reference: string, { value, style, error }: SheetCell): string => {
  if (value === null || value === '') return `<c r="${reference}" s="${style}"/>`;
  if (error) return `<c r="${reference}" s="${style}" t="e"><v>${xmlText(String(value))}</v></c>`;
  if (typeof value === 'number') return `<c r="${reference}" s="${style}"><v>${value}</v></c>`;
  return `<c r="${reference}" s="${style}" t="inlineStr"><is><t${spaceAttribute(value)}>${xmlText(value)}</t></is></c>`;
};

export const rowXml = (row: number, cells: readonly (SheetCell | null)[], height?: number): string => {
  const tall = height === undefined ? '' : ` ht="${height}" customHeight="1"`;
  return `<row r="${row}"${tall}>${cells.map((cell, i) => (cell ? cellXml(`${columnLetters(i + 1)}${row}`, cell) : '')).join('')}</row>`;
};

const colsOf = ({ widths, columnStyles = [] }: SheetOptions): string => {
  const own = widths.map((width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" style="${columnStyles[i] ?? 0}" customWidth="1"/>`).join('');
  return own === '' ? '' : `<cols>${own}</cols>`;
};

const headOf = (options: SheetOptions): string => {
  const { frozenRows = 0, selected = false, fitted = false } = options;
  const page = fitted ? '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>' : '';
  const pane = frozenRows > 0 ? `<pane ySplit="${frozenRows}" topLeftCell="A${frozenRows + 1}" activePane="bottomLeft" state="frozen"/>` : '';
  const view = `<sheetViews><sheetView${selected ? ' tabSelected="1"' : ''} workbookViewId="0">${pane}</sheetView></sheetViews>`;
  return `${DECLARATION}<worksheet xmlns="${MAIN}">${page}${view}${colsOf(options)}<sheetData>`;
};

/** @param rows each the XML of one row */
export const sheetXml = async function* (options: SheetOptions, rows: Iterable<string> | AsyncIterable<string>): AsyncGenerator<Buffer> {
  let piece = headOf(options);
  for await (const row of rows) {
    piece += row;
    if (piece.length < PIECE) continue;
    yield Buffer.from(piece);
    piece = '';
  }
  yield Buffer.from(`${piece}</sheetData>${options.tail?.() ?? ''}</worksheet>`);
};
