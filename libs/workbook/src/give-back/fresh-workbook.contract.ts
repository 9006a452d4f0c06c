import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anything, identityNumber, openBook, openTable, text } from '../index.js';
import { type Grid, gridBook } from '../read/testing.js';
import { writeFresh } from './fresh-workbook.js';

const SHEET = {
  columns: [
    { id: 'name', heading: '姓名', synonyms: [], kind: text('name', 50), required: true, example: '示例人' },
    { id: 'id', heading: '身份证号', synonyms: [], kind: identityNumber, required: true, example: '999999197001010017', width: 22 },
    { id: 'remark', heading: '备注', synonyms: [], kind: anything, example: '' },
  ],
};
const GRID: Grid = [
  ['成员名册', null, null],
  ['姓名', '身份证号', '备注'],
  ['张测一', '999999196001101002', { kind: 'date', text: '2022-03-01' }],
  ['=1+1', { kind: 'number', text: '999999196001101000', digits: 18 }, 3.25],
  [' 王·𠮷 ', '9999991960011010', { kind: 'error', text: '#N/A' }],
  ['李测三', 'X', '1900-01-01'],
];

describe('a workbook made of a file that is none', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'shuangbang-fresh-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('reads as that file did: rounded numbers, days, errors and texts like formulas are still told apart', async () => {
    const book = gridBook({ grid: GRID, name: '名册', merges: [{ top: 1, left: 1, bottom: 1, right: 3 }] }, { grid: [['说明']], name: '填表说明', hidden: true });
    const { layout } = await openTable(book, SHEET);
    const file = join(folder, 'fresh.xlsx');
    await writeFresh({ book, layout, columns: SHEET.columns }, createWriteStream(file));
    const again = await openBook(file);
    const cells = [];
    for await (const rows of again.sheets[0]?.rows() ?? []) cells.push(...rows.map((row) => row.cells.map((cell) => cell && { kind: cell.kind, text: cell.text })));
    expect([again.sheets.map(({ name, hidden }) => [name, hidden]), await again.sheets[0]?.merges()]).toEqual([[['名册', false], ['填表说明', true]], [{ top: 1, left: 1, bottom: 1, right: 3 }]]);
    again.close();
    expect(cells.slice(2)).toEqual([
      [{ kind: 'text', text: '张测一' }, { kind: 'text', text: '999999196001101002' }, { kind: 'date', text: '2022-03-01' }],
      [{ kind: 'text', text: '=1+1' }, { kind: 'number', text: '999999196001101000' }, { kind: 'number', text: '3.25' }],
      [{ kind: 'text', text: ' 王·𠮷 ' }, { kind: 'text', text: '9999991960011010' }, { kind: 'error', text: '#N/A' }],
      [{ kind: 'text', text: '李测三' }, { kind: 'text', text: 'X' }, { kind: 'text', text: '1900-01-01' }],
    ]);
  });
});
