import fc from 'fast-check';
import { join } from 'node:path';
import { judgeTable, openBook, openTable, type RowVerdict } from '../libs/workbook/src/index.js';
import { gridBook, type Grid, type GridSheet } from '../libs/workbook/src/read/testing.js';
import { surroundingsOf } from '../apps/cooperative/src/roster/judge-roster.js';
import { memberRoster } from '../apps/cooperative/src/roster/member-roster.sheet.js';

const MESSY = join(process.cwd(), 'test', 'rosters', 'messy-roster.xlsx');
const KNOWN = join(process.cwd(), 'test', 'rosters', 'known.csv');
const around = surroundingsOf({ file: MESSY, known: KNOWN, today: '2022-07-18', allowTestIds: true }, '测试01合作社');

/** The body of the messy roster as a grid in the declaration's own order. */
const messyBody = async (): Promise<Grid> => {
  const book = await openBook(MESSY);
  const table = await openTable(book, memberRoster);
  const rows: Grid[number][] = [];
  for await (const batch of table.rows()) rows.push(...batch.map(({ cells }) => cells));
  book.close();
  return rows;
};

/** Verdicts with rows counted from the first of the table, so that titles above do not matter. */
const verdictsOf = async (sheets: readonly GridSheet[]): Promise<string[]> => {
  const { verdicts, extent } = await judgeTable(await openTable(gridBook(...sheets), memberRoster), memberRoster, around);
  const nth = (row: string | undefined): string => (row === undefined || row === 'known' ? String(row) : String(Number(row) - extent.firstRow));
  return [...verdicts].map(({ verdict, reasons, changes, other }: RowVerdict) =>
    JSON.stringify([verdict, reasons.filter(({ severity }) => severity !== 'note').map(({ code, column }) => `${code}@${column}`), changes, nth(other)]));
};

const COLUMNS = memberRoster.columns;
const dressed = (word: string): fc.Arbitrary<string> =>
  fc.constantFrom((text: string) => text, (text: string) => `*${text}`, (text: string) => [...text].join(' '), (text: string) => [...text].join('\n'), (text: string) => text.replaceAll('(', '（').replaceAll(')', '）'), (text: string) => `${text}：`).map((dress) => dress(word));
const headings = fc.tuple(...COLUMNS.map(({ heading, synonyms }) => fc.constantFrom(heading, ...synonyms).chain(dressed)));
const order = fc.shuffledSubarray(COLUMNS.map((_, i) => i), { minLength: COLUMNS.length });
const titles = fc.array(fc.constantFrom(['成员名册'], ['填报单位：测试01合作社　单位：亩、元'], [], ['', '', '2022年']), { maxLength: 5 });
const others = fc.array(fc.constantFrom<GridSheet>({ name: '说明', grid: [['填表说明'], ['姓名', '要写全名']] }, { name: '空', grid: [] }, { name: '统计', grid: [['村', '人数'], ['白鹿村', 52]] }), { maxLength: 3 });

describe('Whatever a roster looks like', () => {
  let body: Grid = [];
  let expected: string[] = [];
  beforeAll(async () => {
    body = await messyBody();
    expected = await verdictsOf([{ grid: [COLUMNS.map(({ heading }) => heading), ...body] }]);
  });

  test('any order of columns, any of their names, any titles and any other sheets give the same verdicts', () =>
    fc.assert(
      fc.asyncProperty(order, headings, titles, fc.tuple(others, fc.nat(3)), async (columns, words, above, [sheets, at]) => {
        const put = <T>(row: readonly T[]): T[] => columns.map((i) => row[i] as T);
        const roster: GridSheet = { name: '名册', grid: [...above, put(words), ...body.map(put)] };
        const all = [...sheets];
        all.splice(Math.min(at, all.length), 0, roster);
        expect(await verdictsOf(all)).toEqual(expected);
      }),
      { numRuns: 40 },
    ), 120_000);

  test('a column more between them, and a number column made text, change nothing', async () => {
    const wider = (row: Grid[number], word: string): Grid[number] => [...row.slice(0, 5), word, ...row.slice(5)];
    expect(await verdictsOf([{ grid: [wider(COLUMNS.map(({ heading }) => heading), '民族'), ...body.map((row) => wider(row, '汉'))] }])).toEqual(expected);
  });

  test('the same rows give the same verdicts again', async () => expect(await verdictsOf([{ grid: [COLUMNS.map(({ heading }) => heading), ...body] }])).toEqual(expected));
});
