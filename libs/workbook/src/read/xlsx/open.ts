import type { Remark } from '../layout.js';
import { type Book, headOf, type Limits, type RawRow, type SheetSource } from '../source.js';
import { Unreadable } from '../unreadable.js';
import { readMerges } from './merges.js';
import { type CellTables, RowReader } from './rows.js';
import { Strings } from './strings.js';
import { readDateStyles } from './styles.js';
import { readWorkbookPart, type WorkbookPart } from './workbook-part.js';
import { walkPart } from './xml.js';
import { openZip, type Zip } from './zip.js';

const MACROS: Remark = { code: 'macros-left-out', zh: '文件含有宏：只读取数据，返回的文件是不含宏的 .xlsx。', en: 'The file has macros: only its data is read, and what comes back is an .xlsx without them.' };

/** Dates and strings of a workbook; both are read when a sheet first needs them. */
class Tables {
  readonly strings: Strings;
  private styles: Promise<ReadonlySet<number>> | null = null;

  constructor(
    private readonly zip: Zip,
    private readonly workbook: WorkbookPart,
    private readonly limits: Limits,
  ) {
    this.strings = new Strings(zip, workbook.strings, limits);
  }

  async for(string: CellTables['string']): Promise<CellTables> {
    this.styles ??= readDateStyles(this.zip, this.workbook.styles);
    return { string, dateStyles: await this.styles, date1904: this.workbook.date1904, limits: this.limits };
  }
}

/** The highest number of a shared string that the first rows name. */
const lastStringIn = async (rowsWith: (string: CellTables['string']) => AsyncIterable<RawRow[]>, upTo: number): Promise<number> => {
  let last = -1;
  const noted = (index: number): string => {
    last = Math.max(last, index);
    return '';
  };
  await headOf(rowsWith(noted), upTo);
  return last;
};

const sheetOf = (zip: Zip, sheet: WorkbookPart['sheets'][number], tables: Tables): SheetSource => {
  let hiddenColumns: readonly number[] = [];
  async function* rowsWith(string: CellTables['string']): AsyncGenerator<RawRow[]> {
    const reader = new RowReader(await tables.for(string));
    ({ hiddenColumns } = reader);
    yield* walkPart(zip, sheet.part, reader, () => reader.take());
  }
  return {
    name: sheet.name,
    hidden: sheet.hidden,
    hiddenColumns: () => hiddenColumns,
    // Rows need both, and the one mostly waits for inflating while the other computes.
    merges: async () => (await Promise.all([readMerges(zip, sheet.part), tables.strings.upTo(Infinity)]))[0],
    async *rows() {
      await tables.strings.upTo(Infinity);
      yield* rowsWith((index) => tables.strings.at(index));
    },
    async head(upTo) {
      await tables.strings.upTo(await lastStringIn(rowsWith, upTo));
      return headOf(rowsWith((index) => tables.strings.at(index)), upTo);
    },
  };
};

/** .xlsx and .xlsm. @throws Unreadable */
export const openXlsx = async (path: string, limits: Limits): Promise<Book> => {
  const zip = await openZip(path, limits);
  try {
    const workbook = await readWorkbookPart(zip);
    if (workbook.sheets.length === 0) throw new Unreadable('empty');
    const tables = new Tables(zip, workbook, limits);
    const close = (): void => {
      void tables.strings.end().finally(() => zip.close());
    };
    return { format: 'xlsx', sheets: workbook.sheets.map((sheet) => sheetOf(zip, sheet, tables)), remarks: workbook.macros ? [MACROS] : [], close };
  } catch (error) {
    zip.close();
    throw error;
  }
};
