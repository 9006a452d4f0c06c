import type { Writable } from 'node:stream';
import { areaText, columnLetters } from '../package/cell-reference.js';
import { spaceAttribute, xmlText } from '../package/xml-text.js';
import { daysOf, type ExportColumn, type ExportList, numberText, type Value } from './list.js';
import { NewWorkbook, quotedSheet, sheetName } from './new-workbook.js';
import { cellXml, rowXml, type SheetCell, sheetXml } from './sheet-xml.js';
import { STYLE } from './xlsx-styles.js';

/** Excel's own: rows of a sheet, characters of a cell. */
const LAST_ROW = 1_048_576;
const LONGEST = 32_767;
/** Title, what it is of, heading. */
const HEADING_ROW = 3;
const ROWS = LAST_ROW - HEADING_ROW;
/** Excel's day 1 is 1900-01-01, and it believes in 1900-02-29, its day 60. */
const EPOCH = 25_569;
const FALSE_DAY = 60;

const dayCell = (reference: string, value: string | number): string => {
  const serial = daysOf(value) + EPOCH;
  if (serial < 2) return cellXml(reference, { value: String(value), style: STYLE.text });
  return `<c r="${reference}" s="${STYLE.day}"><v>${serial > FALSE_DAY ? serial : serial - 1}</v></c>`;
};

type Writer = (row: number, value: string | number) => string;

const WRITERS: Record<ExportColumn['kind'], (letters: string) => Writer> = {
  text: (letters) => {
    const head = `<c r="${letters}`;
    return (row, value) => {
      const text = String(value);
      if (text.length > LONGEST) throw new RangeError(`a text of more than ${LONGEST} characters fits no cell: write .csv or Parquet instead`);
      return `${head}${row}" s="${STYLE.text}" t="inlineStr"><is><t${spaceAttribute(text)}>${xmlText(text)}</t></is></c>`;
    };
  },
  number: (letters) => (row, value) => `<c r="${letters}${row}"><v>${numberText(value)}</v></c>`,
  day: (letters) => (row, value) => dayCell(`${letters}${row}`, value),
};

const text = (value: string, style: number): SheetCell => ({ value, style });

const opening = ({ title, reportedBy, asOf, generatedAt, columns }: ExportList): string =>
  rowXml(1, [text(title, STYLE.title)], 28) +
  rowXml(2, [text(`填报单位：${reportedBy}　统计时点：${asOf}　生成时间：${generatedAt}`, STYLE.text)]) +
  rowXml(HEADING_ROW, columns.map(({ heading }) => text(heading, STYLE.heading)), 24);

const again = ({ title, reportedBy, asOf, generatedAt, columns, again: lines }: ExportList): string[] =>
  [['名称', title], ['填报单位', reportedBy], ['统计时点', asOf], ['生成时间', generatedAt], ['列', columns.map(({ heading }) => heading).join('、')], ...lines].map(
    ([label = '', value = ''], i) => rowXml(i + 1, [text(label, STYLE.heading), text(value, STYLE.about)]),
  );

/** Hands the rows out once, sheet by sheet: one sheet takes what fits. */
class Rows {
  #batches: Iterator<readonly (readonly Value[])[]> | AsyncIterator<readonly (readonly Value[])[]>;
  #batch: readonly (readonly Value[])[] = [];
  #at = 0;
  readonly #writers: readonly Writer[];
  written = 0;

  constructor({ batches, columns }: ExportList) {
    this.#batches = Symbol.asyncIterator in batches ? batches[Symbol.asyncIterator]() : batches[Symbol.iterator]();
    this.#writers = columns.map(({ kind }, i) => WRITERS[kind](columnLetters(i + 1)));
  }

  /** Whether there are more; fetches them. */
  async more(): Promise<boolean> {
    while (this.#at >= this.#batch.length) {
      const next = await this.#batches.next();
      if (next.done) return false;
      [this.#batch, this.#at] = [next.value, 0];
    }
    return true;
  }

  async *ofSheet(head: string): AsyncGenerator<string> {
    yield head;
    for (this.written = 0; this.written < ROWS && (await this.more()); ) yield this.#portion();
  }

  #portion(): string {
    let xml = '';
    const until = Math.min(this.#at + 200, this.#batch.length, this.#at + ROWS - this.written);
    for (; this.#at < until; this.#at += 1) xml += this.#row(this.#batch[this.#at] ?? [], HEADING_ROW + (this.written += 1));
    return xml;
  }

  #row(values: readonly Value[], row: number): string {
    let xml = `<row r="${row}">`;
    for (let i = 0; i < this.#writers.length; i += 1) {
      const value = values[i];
      if (value !== null && value !== undefined && value !== '') xml += this.#writers[i]?.(row, value) ?? '';
    }
    return `${xml}</row>`;
  }
}

/**
 * A workbook with the list under a title, and a sheet that says how to get the same again. Identity numbers and codes are text; a text that
 * begins with = + - @ stays one. More rows than a sheet holds go on in the next.
 */
export const exportXlsx = async (list: ExportList, to: Writable): Promise<void> => {
  const workbook = new NewWorkbook(to);
  const rows = new Rows(list);
  const widths = list.columns.map(({ width = 14 }) => width);
  const columnStyles = list.columns.map(({ kind }) => ({ text: STYLE.text, number: STYLE.plain, day: STYLE.day })[kind]);
  for (let n = 1; n === 1 || (await rows.more()); n += 1) {
    const name = sheetName(n === 1 ? list.title : `${list.title.slice(0, 24)} (${n})`);
    const filter = (): string => areaText({ top: HEADING_ROW, left: 1, bottom: HEADING_ROW + rows.written, right: list.columns.length });
    const tail = (): string => `<autoFilter ref="${filter()}"/>`;
    await workbook.sheet({ name }, sheetXml({ widths, columnStyles, frozenRows: HEADING_ROW, selected: n === 1, tail }, rows.ofSheet(opening(list))));
    workbook.define({ name: '_xlnm._FilterDatabase', sheet: n - 1, refersTo: `${quotedSheet(name)}!${filter().replace(/([A-Z]+)(\d+)/g, '$$$1$$$2')}` });
    workbook.define({ name: '_xlnm.Print_Titles', sheet: n - 1, refersTo: `${quotedSheet(name)}!$${HEADING_ROW}:$${HEADING_ROW}` });
  }
  await workbook.sheet({ name: '如何再次得到' }, sheetXml({ widths: [18, 90] }, again(list)));
  await workbook.close();
};
