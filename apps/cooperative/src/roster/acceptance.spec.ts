import { parse } from 'csv-parse/sync';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judgeTable, openBook, openTable, regionsOn } from '#workbook';
import { knownMembers, type KnownLine } from './known-members.js';
import { memberRoster } from './member-roster.sheet.js';
import { readRegions, SHIPPED_REGIONS } from './regions.js';
import { verdictLine } from './verdict-lines.js';

const ROSTERS = join(process.cwd(), 'test', 'rosters');
const csv = <T>(name: string, columns: boolean): T => parse(readFileSync(join(ROSTERS, name), 'utf8'), { columns }) as T;

const judged = async (known: readonly KnownLine[]) => {
  const today = '2022-07-18';
  const around = { today, allowTestIds: true, regions: regionsOn(readRegions(SHIPPED_REGIONS), today) };
  const surroundings = { ...around, known: knownMembers(known, '测试01合作社', around) };
  const book = await openBook(join(ROSTERS, 'messy-roster.xlsx'));
  const table = await openTable(book, memberRoster);
  const judgement = await judgeTable(table, memberRoster, surroundings);
  const said = new Map<number, { no: string; name: string }>();
  for await (const rows of table.rows()) for (const { row, cells } of rows) said.set(row, { no: cells[0]?.text ?? '', name: cells[1]?.text ?? '' });
  book.close();
  return { ...judgement, lines: [...judgement.verdicts].map((verdict) => verdictLine(verdict, said.get(verdict.row) ?? { no: '', name: '' })) };
};

describe('The messy roster', () => {
  test('gets exactly the expected verdicts', async () => {
    const { lines, totals } = await judged([]);
    expect(lines).toEqual(csv<string[][]>('messy-roster.expected.csv', false).slice(1));
    expect(totals.sums).toEqual([{ column: 'area', stated: '209.75', read: '251.55', accepted: '188.30' }]);
  });

  test('gets exactly the expected verdicts beside what is known', async () => {
    const { lines } = await judged(csv<KnownLine[]>('known.csv', true));
    expect(lines).toEqual(csv<string[][]>('messy-roster.expected-known.csv', false).slice(1));
  });
});
