import { isDateFormatId } from '../number.js';

/** Records of a BIFF8 stream (MS-XLS 2.4) that say what the values do not: what is hidden, what is computed, what is encrypted. */
export interface XlsSheetFacts {
  readonly name: string;
  readonly hidden: boolean;
  readonly hiddenRows: ReadonlySet<number>;
  readonly hiddenColumns: readonly number[];
  /** `row,column` of cells that hold a formula, from 1. */
  readonly formulas: ReadonlySet<string>;
  /** Those whose number is a date by a format that only East Asian programs have built in. */
  readonly dates: ReadonlySet<string>;
}
export interface XlsFacts {
  readonly encrypted: boolean;
  readonly date1904: boolean;
  readonly sheets: readonly XlsSheetFacts[];
}

const BOUNDSHEET = 0x85;
const FILEPASS = 0x2f;
const DATEMODE = 0x22;
const ROW = 0x208;
const COLINFO = 0x7d;
const FORMULA = 0x06;
const NUMBER = 0x203;
const RK = 0x27e;
const MULRK = 0xbd;
const XF = 0xe0;
const EOF = 0x0a;
/** In the options of a ROW record: its height is zero. */
const ROW_HIDDEN = 0x20;
const MOST_COLUMNS = 256;

interface Record {
  readonly id: number;
  readonly data: Buffer;
}

function* recordsFrom(stream: Buffer, offset: number): Generator<Record> {
  let at = offset;
  while (at + 4 <= stream.length) {
    const length = stream.readUInt16LE(at + 2);
    yield { id: stream.readUInt16LE(at), data: stream.subarray(at + 4, at + 4 + length) };
    at += 4 + length;
  }
}

const nameIn = (data: Buffer): string => {
  const wide = ((data[7] ?? 0) & 1) === 1;
  return data.toString(wide ? 'utf16le' : 'latin1', 8, 8 + (data[6] ?? 0) * (wide ? 2 : 1));
};

const isEastAsianDate = (format: number): boolean => isDateFormatId(format) && format >= 27 && !(format >= 45 && format <= 47);
const place = (row: number, column: number): string => `${row + 1},${column + 1}`;

const sheetFacts = (stream: Buffer, boundSheet: Buffer, dateStyles: ReadonlySet<number>): XlsSheetFacts => {
  const hiddenRows = new Set<number>();
  const hiddenColumns: number[] = [];
  const formulas = new Set<string>();
  const dates = new Set<string>();
  const noteDate = (data: Buffer): void => {
    if (data.length >= 6 && dateStyles.has(data.readUInt16LE(4))) dates.add(place(data.readUInt16LE(0), data.readUInt16LE(2)));
  };
  const take: Readonly<{ [id: number]: (data: Buffer) => void }> = {
    [ROW]: (data) => {
      if ((data.readUInt16LE(12) & ROW_HIDDEN) !== 0) hiddenRows.add(data.readUInt16LE(0) + 1);
    },
    [COLINFO]: (data) => {
      if ((data.readUInt16LE(8) & 1) === 0) return;
      for (let column = data.readUInt16LE(0); column <= Math.min(data.readUInt16LE(2), MOST_COLUMNS - 1); column += 1) hiddenColumns.push(column + 1);
    },
    [FORMULA]: (data) => {
      formulas.add(place(data.readUInt16LE(0), data.readUInt16LE(2)));
      noteDate(data);
    },
    [NUMBER]: noteDate,
    [RK]: noteDate,
    [MULRK]: (data) => {
      for (let at = 4, column = data.readUInt16LE(2); at + 8 <= data.length; at += 6, column += 1) if (dateStyles.has(data.readUInt16LE(at))) dates.add(place(data.readUInt16LE(0), column));
    },
  };
  for (const { id, data } of recordsFrom(stream, boundSheet.readUInt32LE(0))) {
    if (id === EOF) break;
    if (data.length >= 4) take[id]?.(data);
  }
  return { name: nameIn(boundSheet), hidden: ((boundSheet[4] ?? 0) & 3) !== 0, hiddenRows, hiddenColumns, formulas, dates };
};

/** @throws RangeError when the stream ends within a record */
export const xlsFacts = (stream: Buffer): XlsFacts => {
  const bound: Buffer[] = [];
  const dateStyles = new Set<number>();
  let styles = 0;
  let encrypted = false;
  let date1904 = false;
  const take: Readonly<{ [id: number]: (data: Buffer) => void }> = {
    [FILEPASS]: () => {
      encrypted = true;
    },
    [DATEMODE]: (data) => {
      date1904 = data[0] === 1;
    },
    [BOUNDSHEET]: (data) => {
      if (data.length >= 8) bound.push(data);
    },
    [XF]: (data) => {
      if (data.length >= 4 && isEastAsianDate(data.readUInt16LE(2))) dateStyles.add(styles);
      styles += 1;
    },
  };
  for (const { id, data } of recordsFrom(stream, 0)) {
    if (id === EOF) break;
    take[id]?.(data);
  }
  return { encrypted, date1904, sheets: encrypted ? [] : bound.map((data) => sheetFacts(stream, data, dateStyles)) };
};
