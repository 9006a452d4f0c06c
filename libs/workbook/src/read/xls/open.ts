import CFB from 'cfb';
import { type CellValue, readXls, type Sheet as XlsSheet } from 'hucre/xlsx';
import { readFile } from 'node:fs/promises';
import type { Cell } from '../cell.js';
import { dateOrNumber, numberCell } from '../number.js';
import type { Book, Limits, RawRow, SheetSource } from '../source.js';
import { Unreadable } from '../unreadable.js';
import { xlsFacts, type XlsSheetFacts } from './records.js';

/** A sheet of this format has 65,536 rows of 256 columns; more bytes hold pictures. */
const MOST_BYTES = 150_000_000;
const ERROR = /^#(NULL!|DIV\/0!|VALUE!|REF!|NAME\?|NUM!|N\/A|ERR!)$/;

const textCell = (text: string): Cell | undefined => (text === '' ? undefined : { kind: ERROR.test(text) ? 'error' : 'text', text });
const valueCell = (value: CellValue): Cell | undefined => {
  if (value instanceof Date) return { kind: 'date', text: value.toISOString().slice(0, 10) };
  if (typeof value === 'number') return numberCell(String(value));
  if (typeof value === 'boolean') return { kind: 'text', text: value ? 'TRUE' : 'FALSE' };
  return textCell(typeof value === 'string' ? value : '');
};

const rowsOf = (sheet: XlsSheet, facts: XlsSheetFacts & { readonly date1904: boolean }, limits: Limits): RawRow[] =>
  sheet.rows.flatMap((values, i) => {
    if (values === undefined) return [];
    const cells = values.map((value, j): Cell | undefined => {
      const at = `${i + 1},${j + 1}`;
      const cell = typeof value === 'number' && facts.dates.has(at) ? dateOrNumber(String(value), facts.date1904) : valueCell(value);
      if (cell && cell.text.length > limits.cellLength) throw new Unreadable('cell-too-long', { row: i + 1, limit: limits.cellLength });
      return facts.formulas.has(at) ? { ...(cell ?? { kind: 'text', text: '' }), formula: true } : cell;
    });
    return [{ row: i + 1, hidden: facts.hiddenRows.has(i + 1), cells }];
  });

const sheetOf = (sheet: XlsSheet, facts: XlsSheetFacts & { readonly date1904: boolean }, limits: Limits): SheetSource => ({
  name: sheet.name,
  hidden: facts.hidden,
  async *rows() {
    yield rowsOf(sheet, facts, limits);
  },
  merges: async () => (sheet.merges ?? []).map(({ startRow, startCol, endRow, endCol }) => ({ top: startRow + 1, left: startCol + 1, bottom: endRow + 1, right: endCol + 1 })),
  hiddenColumns: () => facts.hiddenColumns,
});

const NO_FACTS: XlsSheetFacts = { name: '', hidden: false, hiddenRows: new Set(), hiddenColumns: [], formulas: new Set(), dates: new Set() };

/** The stream of a compound file that holds the workbook. @throws Unreadable when it is encrypted or holds none */
const workbookStream = (bytes: Buffer): Buffer => {
  const container = CFB.read(bytes, { type: 'buffer' });
  if (CFB.find(container, 'EncryptedPackage') || CFB.find(container, 'EncryptionInfo')) throw new Unreadable('password-protected');
  const stream = CFB.find(container, 'Workbook') ?? CFB.find(container, 'Book');
  if (!stream) throw new Unreadable('not-a-workbook', { detail: 'OLE' });
  return Buffer.from(stream.content as Uint8Array);
};

/** .xls (BIFF8), and the container of a workbook with a password. @throws Unreadable */
export const openXls = async (path: string, size: number, limits: Limits): Promise<Book> => {
  if (size > MOST_BYTES) throw new Unreadable('expands-too-much', { detail: `${Math.round(size / 1e6)} MB` });
  const bytes = await readFile(path);
  try {
    const facts = xlsFacts(workbookStream(bytes));
    if (facts.encrypted) throw new Unreadable('password-protected');
    const { sheets } = await readXls(bytes);
    return { format: 'xls', sheets: sheets.map((sheet, i) => sheetOf(sheet, { ...(facts.sheets[i] ?? NO_FACTS), date1904: facts.date1904 }, limits)), remarks: [], close: () => undefined };
  } catch (error) {
    throw error instanceof Unreadable ? error : new Unreadable('damaged', { detail: (error as Error).message.slice(0, 80) });
  }
};
