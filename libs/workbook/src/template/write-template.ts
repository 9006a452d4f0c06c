import type { Writable } from 'node:stream';
import { columnLetters } from '../package/cell-reference.js';
import { xmlText } from '../package/xml-text.js';
import { NewWorkbook, quotedSheet, sheetName } from '../export/new-workbook.js';
import { rowXml, type SheetCell, sheetXml } from '../export/sheet-xml.js';
import { STYLE } from '../export/xlsx-styles.js';
import type { Column, Sheet } from '../sheet/define-sheet.js';
import { templateMark } from './template-mark.js';

/** Title, whom it is from, heading, example; then the rows to be filled in. */
const HEADING_ROW = 3;
const EXAMPLE_ROW = 4;
const LAST_ROW = 5000;
const CHOICES = '选项';
const NOTES = '填写说明';

export type TemplateSheet = Pick<Sheet, 'name' | 'title' | 'version' | 'columns'>;

export interface TemplateChoices {
  /** What a column's drop-down offers, by column id: names of the regions in the user's scope. Kinds with choices of their own need none. */
  readonly choices?: Readonly<Record<string, readonly string[]>>;
}

const cell = (value: string, style: number): SheetCell => ({ value, style });

const choicesOf = (column: Column, choices: TemplateChoices['choices']): readonly string[] => choices?.[column.id] ?? column.kind.choices ?? [];

/** Excel's limits of a message: 32 characters of title, 255 of text. */
const prompt = ({ heading, required, kind, note }: Column): string => {
  const text = [required ? '必填。' : '', kind.accepts.zh, note ? `。${note.zh}` : ''].join('').slice(0, 255);
  return `showInputMessage="1" promptTitle="${xmlText(heading.slice(0, 32))}" prompt="${xmlText(text)}"`;
};

/** A column's message, and its drop-down, which only offers: whatever else the reading understands may be typed. */
const validation = (column: Column, at: number, list: string | null): string => {
  const area = `${columnLetters(at)}${EXAMPLE_ROW}:${columnLetters(at)}${LAST_ROW}`;
  const common = `allowBlank="1" ${prompt(column)} sqref="${area}"`;
  return list === null ? `<dataValidation ${common}/>` : `<dataValidation type="list" ${common}><formula1>${xmlText(list)}</formula1></dataValidation>`;
};

const listedAt = (n: number, length: number): string => `${quotedSheet(CHOICES)}!$${columnLetters(n)}$2:$${columnLetters(n)}$${length + 1}`;

const opening = (sheet: TemplateSheet): string[] => [
  rowXml(1, [cell(`${sheet.title.zh}（${templateMark(sheet)}）`, STYLE.title)], 28),
  rowXml(2, [cell('填报单位：', STYLE.text)]),
  rowXml(HEADING_ROW, sheet.columns.map(({ heading }) => cell(heading, STYLE.heading)), 30),
  rowXml(EXAMPLE_ROW, sheet.columns.map(({ example }) => cell(example, STYLE.text))),
];

const notes = (sheet: TemplateSheet): string[] => [
  rowXml(1, ['列', '必填', '填写内容', '示例', '也可以写作'].map((text) => cell(text, STYLE.heading))),
  ...sheet.columns.map(({ heading, required, kind, note, example, synonyms }, i) =>
    rowXml(i + 2, [heading, required ? '必填' : '', kind.accepts.zh + (note ? `。${note.zh}` : ''), example, synonyms.join('、')].map((text) => cell(text, STYLE.about))),
  ),
  rowXml(sheet.columns.length + 3, [cell('第 4 行是示例，与示例完全相同的行不会读入。列可以增减、调换次序；请不要改动第 1 行的模板版本。', STYLE.text)]),
];

const choiceRows = (lists: readonly { readonly heading: string; readonly items: readonly string[] }[]): string[] => {
  const longest = Math.max(0, ...lists.map(({ items }) => items.length));
  const line = (i: number): (SheetCell | null)[] => lists.map(({ items }) => (items[i] === undefined ? null : cell(items[i], STYLE.text)));
  return [rowXml(1, lists.map(({ heading }) => cell(heading, STYLE.heading))), ...Array.from({ length: longest }, (_, i) => rowXml(i + 2, line(i)))];
};

/**
 * An empty workbook to fill in, made from the declaration: headings, an example row that the reading knows and passes over, drop-downs, notes,
 * and columns formatted as text where a number would be rounded. The title says the version.
 */
export const writeTemplate = async (sheet: TemplateSheet, to: Writable, { choices }: TemplateChoices = {}): Promise<void> => {
  const workbook = new NewWorkbook(to);
  const lists = sheet.columns.map((column) => ({ id: column.id, heading: column.heading, items: choicesOf(column, choices) })).filter(({ items }) => items.length > 0);
  const validations = sheet.columns.map((column, i) => {
    const n = lists.findIndex(({ id }) => id === column.id);
    return validation(column, i + 1, n < 0 ? null : listedAt(n + 1, lists[n]?.items.length ?? 0));
  });
  const tail = (): string => `<dataValidations count="${validations.length}">${validations.join('')}</dataValidations><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>`;
  const widths = sheet.columns.map(({ width = 14 }) => width);
  const columnStyles = sheet.columns.map(({ kind }) => (kind.asText ? STYLE.text : STYLE.plain));
  const name = sheetName(sheet.title.zh);
  await workbook.sheet({ name }, sheetXml({ widths, columnStyles, frozenRows: HEADING_ROW, selected: true, fitted: true, tail }, opening(sheet)));
  await workbook.sheet({ name: NOTES }, sheetXml({ widths: [16, 8, 60, 26, 40] }, notes(sheet)));
  if (lists.length > 0) await workbook.sheet({ name: CHOICES, hidden: true }, sheetXml({ widths: lists.map(() => 18) }, choiceRows(lists)));
  workbook.define({ name: '_xlnm.Print_Titles', sheet: 0, refersTo: `${quotedSheet(name)}!$${HEADING_ROW}:$${HEADING_ROW}` });
  await workbook.close();
};
