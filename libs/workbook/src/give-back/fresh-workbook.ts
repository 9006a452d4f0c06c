import type { Writable } from 'node:stream';
import { areaText } from '../package/cell-reference.js';
import { NewWorkbook, sheetName } from '../export/new-workbook.js';
import { rowXml, type SheetCell, sheetXml } from '../export/sheet-xml.js';
import { STYLE } from '../export/xlsx-styles.js';
import { dayNumber } from '#standards';
import type { Cell } from '../read/cell.js';
import type { Layout } from '../read/layout.js';
import type { Sheet } from '../sheet/define-sheet.js';
import type { Book, RawRow, SheetSource } from '../read/source.js';

/** What a sheet without a name is called: a text file has none. */
export const UNNAMED = '名单';
/** Excel's number of 1970-01-01. */
const EPOCH = 25_569;
/** From here on Excel and all others count days alike. */
const FIRST_DAY = '1900-03-01';
/** A number stays one, also one that a spreadsheet has rounded before: it has to be told from a text again. All else is text, as it was read. */
const cellOf = ({ kind, text }: Cell, heading: boolean): SheetCell => {
  if (heading) return { value: text, style: STYLE.heading };
  if (kind === 'error') return { value: text, style: STYLE.plain, error: true };
  if (kind === 'number' && Number.isFinite(Number(text))) return { value: Number(text), style: STYLE.plain };
  if (kind === 'date' && text >= FIRST_DAY) return { value: dayNumber(text) + EPOCH, style: STYLE.day };
  return { value: text, style: STYLE.text };
};

const rowOf = ({ row, cells }: RawRow, heading: boolean): string => rowXml(row, cells.map((cell) => (cell && cell.text !== '' ? cellOf(cell, heading) : null)));

const rowsOf = async function* (source: SheetSource, isHeading: (row: number) => boolean): AsyncGenerator<string> {
  for await (const rows of source.rows()) {
    let xml = '';
    for (const row of rows) xml += rowOf(row, isHeading(row.row));
    yield xml;
  }
};

export interface Fresh {
  readonly book: Book;
  readonly layout: Layout;
  /** For their widths. */
  readonly columns: Sheet['columns'];
}

const widthsOf = ({ layout, columns }: Fresh): number[] => {
  const last = Math.max(...layout.columns.values());
  const byPlace = new Map([...layout.columns].map(([id, at]) => [at, columns.find((column) => column.id === id)?.width] as const));
  return Array.from({ length: last }, (_, i) => byPlace.get(i + 1) ?? 14);
};

/** What was read of a file that is no .xlsx (text, HTML, the old binary format) as a plain workbook, sheet by sheet. */
export const writeFresh = async (fresh: Fresh, to: Writable): Promise<void> => {
  const { book, layout } = fresh;
  const workbook = new NewWorkbook(to);
  for (const source of book.sheets) {
    const own = source.name === layout.sheet;
    const [first, last] = own ? layout.headingRows : [0, -1];
    const merges = await source.merges();
    const tail = (): string => (merges.length > 0 ? `<mergeCells count="${merges.length}">${merges.map((area) => `<mergeCell ref="${areaText(area)}"/>`).join('')}</mergeCells>` : '');
    const name = source.name === '' ? UNNAMED : sheetName(source.name);
    await workbook.sheet({ name, hidden: source.hidden }, sheetXml({ widths: own ? widthsOf(fresh) : [], selected: own, tail }, rowsOf(source, (row) => row >= first && row <= last)));
  }
  await workbook.close();
};
