import type { Remark } from '../layout.js';
import type { Book, Limits, SheetSource } from '../source.js';
import { Unreadable } from '../unreadable.js';
import { readMerges } from './merges.js';
import { type CellTables, RowReader } from './rows.js';
import { readStrings } from './strings.js';
import { readDateStyles } from './styles.js';
import { readWorkbookPart } from './workbook-part.js';
import { walkPart } from './xml.js';
import { openZip, type Zip } from './zip.js';

const MACROS: Remark = { code: 'macros-left-out', zh: '文件含有宏:只读取数据,返回的文件是不含宏的 .xlsx。', en: 'The file has macros: only its data is read, and what comes back is an .xlsx without them.' };

const sheetOf = (zip: Zip, sheet: { name: string; hidden: boolean; part: string }, tables: () => Promise<CellTables>): SheetSource => {
  let hiddenColumns: readonly number[] = [];
  return {
    name: sheet.name,
    hidden: sheet.hidden,
    hiddenColumns: () => hiddenColumns,
    merges: () => readMerges(zip, sheet.part),
    async *rows() {
      const reader = new RowReader(await tables());
      ({ hiddenColumns } = reader);
      yield* walkPart(zip, sheet.part, reader, () => reader.take());
    },
  };
};

/** .xlsx and .xlsm. @throws Unreadable */
export const openXlsx = async (path: string, limits: Limits): Promise<Book> => {
  const zip = await openZip(path, limits);
  try {
    const workbook = await readWorkbookPart(zip);
    if (workbook.sheets.length === 0) throw new Unreadable('empty');
    let tables: Promise<CellTables> | null = null;
    const load = async (): Promise<CellTables> => ({
      strings: await readStrings(zip, workbook.strings, limits),
      dateStyles: await readDateStyles(zip, workbook.styles),
      date1904: workbook.date1904,
      limits,
    });
    return {
      format: 'xlsx',
      sheets: workbook.sheets.map((sheet) => sheetOf(zip, sheet, () => (tables ??= load()))),
      remarks: workbook.macros ? [MACROS] : [],
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
};
