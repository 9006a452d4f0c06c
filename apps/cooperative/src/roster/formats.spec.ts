import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAccepted } from '#workbook';
import { acceptedLine } from './accepted-lines.js';
import { judgeRoster } from './judge-roster.js';

const ROSTERS = join(process.cwd(), 'test', 'rosters');

/** What an import would record of a file, and what it was taken for. */
const recorded = async (file: string) => {
  const roster = await judgeRoster({ file: join(ROSTERS, file), today: '2022-07-18', allowTestIds: true, cooperative: '甲社' });
  const verdicts = [...roster.verdicts];
  const lines: string[] = [];
  for await (const rows of roster.table.rows()) for (const row of rows) if (isAccepted(verdicts[lines.length]?.verdict ?? 'ERROR')) lines.push(acceptedLine(roster.cooperative, roster.judging.recorded(row)).join());
  roster.book.close();
  return { lines, layout: roster.layout };
};

const FIVE = [
  '甲社,999999196001010012,王一甲,户主,王一甲,410308103210,1组,4103081032100100001,3.25,桃,2022-03-01,1000.00,13800000000,MEMBER',
  '甲社,99999919710202002X,李二乙,配偶,王一甲,410308103210,1组,,,桃,2022-03-01,1000.00,13800000000,MEMBER',
];

describe('One roster, written by several programs, is one roster', () => {
  test.each([
    ['openpyxl.xlsx', 'xlsx', undefined],
    ['xlsxwriter.xlsx', 'xlsx', undefined],
    ['xlsxwriter-1904-inline.xlsx', 'xlsx', undefined],
    ['libreoffice.xlsx', 'xlsx', undefined],
    ['libreoffice.xls', 'xls', undefined],
    ['system-export.xls', 'html', 'gb18030'],
    ['utf8.csv', 'csv', 'utf-8'],
    ['utf8-bom.csv', 'csv', 'utf-8'],
    ['gb18030.csv', 'csv', 'gb18030'],
    ['semicolon.csv', 'csv', 'gb18030'],
    ['unicode-text.txt', 'csv', 'utf-16le'],
  ])('%s', async (file, format, encoding) => {
    const { lines, layout } = await recorded(file);
    expect([layout.format, layout.encoding, layout.headingRows]).toEqual([format, encoding, [2, 2]]);
    expect(lines.slice(0, 2)).toEqual(FIVE);
    expect(lines).toEqual((await recorded('openpyxl.xlsx')).lines);
    expect(lines[4]).toContain('赵五"戊"');
  });
  test('the name of a file says nothing', () => expect(readFileSync(join(ROSTERS, 'system-export.xls'), 'latin1').startsWith('<html')).toBe(true));
});
