import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BookSeen, findOffice, savedByLibreOffice, seenByOpenpyxl, type SheetSeen } from '../../../../test/infra/office.js';
import { type ExportList, exportCsv, exportXlsx, openBook } from '../index.js';

const TEXTS = ['=1+1', '+86 138', '-5', '@SUM(A1)', '＝1＋1', "'=1", '\t=1', '410322196001011234', '007', '<a href="x">&amp;', '王·𠮷', '_x0041_', ' 前后 ', '1,5'];
const LIST: ExportList = {
  title: '成员名单', reportedBy: '送庄镇', asOf: '2022-07-18', generatedAt: '2022-07-19 08:00', again: [['命令', 'npm run …'], ['范围', '送庄镇']],
  columns: [{ heading: '文字', kind: 'text', width: 24 }, { heading: '面积(亩)', kind: 'number' }, { heading: '日期', kind: 'day' }],
  batches: [TEXTS.slice(0, 5).map((text) => [text, '3.25', '2022-03-01']), TEXTS.slice(5).map((text) => [text, -1, null])],
};
const office = findOffice();
const PATIENCE = 600_000;
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shuangbang-export-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const xlsx = async (): Promise<string> => {
  await exportXlsx(LIST, createWriteStream(join(folder, 'list.xlsx')));
  return join(folder, 'list.xlsx');
};

const textsIn = async (file: string, from: number): Promise<string[]> => {
  const book = await openBook(file);
  const texts: string[] = [];
  for await (const rows of book.sheets[0]?.rows() ?? []) for (const { row, cells } of rows) if (row >= from) texts.push(cells[0]?.text ?? '');
  book.close();
  return texts;
};

describe('an export read back', () => {
  it('says the same texts, as .xlsx and as .csv', async () => {
    expect(await textsIn(await xlsx(), 4)).toEqual(TEXTS);
    const csv = join(folder, 'list.csv');
    await exportCsv(LIST, createWriteStream(csv));
    expect(await textsIn(csv, 2)).toEqual(TEXTS);
  });

  if (office.openpyxl) {
    it('holds no formula, keeps numbers and days what they are, and says what it is of and how to get it again', async () => {
      const [{ sheets }] = (await seenByOpenpyxl(await xlsx())) as [BookSeen];
      const [list, again] = Object.values(sheets) as [SheetSeen, SheetSeen];
      expect(Object.values(list.cells).filter(({ type }) => type === 'f')).toEqual([]);
      expect([list.cells.B4, list.cells.C4, list.cells.A11].map((cell) => cell?.type)).toEqual(['n', 'd', 's']);
      expect(list.cells.A2?.value).toBe('填报单位：送庄镇　统计时点：2022-07-18　生成时间：2022-07-19 08:00');
      expect(list.filter[0]).toBe(`A3:C${TEXTS.length + 3}`);
      expect(Object.values(again.cells).map(({ value }) => value)).toEqual(expect.arrayContaining(['命令', 'npm run …', '统计时点', '2022-07-18']));
    }, PATIENCE);
  }

  if (office.openpyxl && office.libreoffice) {
    it('holds no formula in LibreOffice either, also from .csv', async () => {
      const csv = join(folder, 'for-libreoffice.csv');
      await exportCsv(LIST, createWriteStream(csv));
      for (const { sheets } of await seenByOpenpyxl(...(await savedByLibreOffice([await xlsx(), csv], folder)))) {
        for (const { cells } of Object.values(sheets)) expect(Object.values(cells).filter(({ type }) => type === 'f')).toEqual([]);
      }
    }, PATIENCE);
  }
});
