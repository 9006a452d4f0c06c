import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BookSeen, findOffice, seenByOpenpyxl, type SheetSeen } from '../../../../test/infra/office.js';
import { anything, area, identityNumber, oneOf, openBook, openTable, text, writeTemplate } from '../index.js';
import { PackageReader } from '../package/read-package.js';
import { writeParts } from '../read/testing.js';
import type { TemplateSheet } from './write-template.js';

const SHEET: TemplateSheet = {
  name: 'small-roster', title: { zh: '小名册', en: 'Small roster' }, version: 3,
  columns: [
    { id: 'name', heading: '姓名', synonyms: ['社员姓名'], kind: text('name', 50), required: true, example: '示例人' },
    { id: 'id', heading: '身份证号', synonyms: [], kind: identityNumber, required: true, example: '999999197001010017', width: 22 },
    { id: 'village', heading: '所属村', synonyms: [], kind: anything, example: '白鹿庄村', note: { zh: '按现在的村名', en: 'by its name today' } },
    { id: 'linkage', heading: '绑定方式', synonyms: [], kind: oneOf('linkage', { MEMBER: ['成员'], ORDER: ['订单'] }, 'error'), example: '成员' },
    { id: 'area', heading: '面积(亩)', synonyms: ['面积'], kind: area, example: '3.25' },
  ],
};
const office = findOffice();
const PATIENCE = 600_000;
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shuangbang-template-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const template = async (): Promise<string> => {
  const file = join(folder, 'template.xlsx');
  await writeTemplate(SHEET, createWriteStream(file), { choices: { village: ['白鹿庄村', '营庄村', '"双"槐村'] } });
  return file;
};

/** The template with one row under the example, as a person fills it in. */
const filledIn = async (): Promise<string> => {
  const source = await PackageReader.open(await template());
  const parts: Record<string, string> = {};
  for (const name of source.parts.keys()) parts[name] = await source.text(name);
  source.close();
  const row = '<row r="5"><c r="A5" t="inlineStr"><is><t>张测一</t></is></c><c r="B5" t="inlineStr"><is><t>999999196001101002</t></is></c><c r="E5"><v>3.5</v></c></row>';
  parts['xl/worksheets/sheet1.xml'] = (parts['xl/worksheets/sheet1.xml'] ?? '').replace('</sheetData>', `${row}</sheetData>`);
  return writeParts(join(folder, 'filled-in.xlsx'), parts);
};

describe('a template', () => {
  it('is known by its version when it comes back, its example is passed over and what was filled in is read', async () => {
    const book = await openBook(await filledIn());
    const table = await openTable(book, SHEET);
    const read: string[][] = [];
    for await (const rows of table.rows()) read.push(...rows.map(({ row, cells }) => [String(row), ...cells.map((cell) => cell.text)]));
    book.close();
    expect(table.layout.template).toBe('small-roster/3');
    expect(read).toEqual([['5', '张测一', '999999196001101002', '', '', '3.5']]);
    expect(table.extent().notRead).toContainEqual({ row: 4, why: 'example' });
  });

  if (office.openpyxl) {
    it('offers what may be chosen, formats numbers that would be rounded as text, and tells each column', async () => {
      const [{ sheets }] = (await seenByOpenpyxl(await template())) as [BookSeen];
      const [sheet, notes, choices] = Object.values(sheets) as [SheetSeen, SheetSeen, SheetSeen];
      const texts = ({ cells }: SheetSeen): string[] => Object.values(cells).map(({ value }) => value);
      expect(Object.keys(sheets)).toEqual(['小名册', '填写说明', '选项']);
      expect(choices.state).toBe('hidden');
      expect(sheet.validations).toEqual(expect.arrayContaining([['C4:C5000', 'list', "'选项'!$A$2:$A$4"], ['D4:D5000', 'list', "'选项'!$B$2:$B$3"]]));
      expect(texts(choices)).toEqual(expect.arrayContaining(['白鹿庄村', '营庄村', '"双"槐村', '成员', '订单']));
      expect(sheet.cells.B4?.style.format).toBe('@');
      expect(sheet.columnFormats).toMatchObject({ B: '@', E: 'General' });
      expect(texts(notes).join()).toContain('按现在的村名');
    }, PATIENCE);
  }
});
