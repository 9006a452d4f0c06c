import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { giveBack, RESULT_HEADING } from '#workbook';
import { findOffice, python, savedByLibreOffice, seenByOpenpyxl, type SheetSeen } from '../../../../test/infra/office.js';
import { judgeRoster } from './judge-roster.js';
import { memberRoster } from './member-roster.sheet.js';
import { verdictLine } from './verdict-lines.js';

const MESSY = join(process.cwd(), 'test', 'rosters', 'messy-roster.xlsx');
const PATIENCE = 600_000;
const office = findOffice();
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shuangbang-returned-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Judges a file and gives it back; what was said of it. */
const round = async (file: string, output: string) => {
  const judged = await judgeRoster({ file, cooperative: '测试01合作社', today: '2022-07-18', allowTestIds: true });
  try {
    const said = await giveBack({ input: file, output, judgement: judged, sheet: memberRoster, on: '2022-07-18' });
    return { said, layout: judged.layout, totals: judged.totals, lines: [...judged.verdicts].map((verdict) => verdictLine(verdict, { no: '', name: '' })) };
  } finally {
    judged.book.close();
  }
};

const at = (name: string): string => join(folder, name);
const rosterIn = async (...files: readonly string[]): Promise<SheetSeen[]> => (await seenByOpenpyxl(...files)).map(({ sheets }) => sheets['成员名册'] as SheetSeen);
const fills = ({ cells }: SheetSeen, but = /^Q/): string[] => Object.entries(cells).filter(([reference, { style }]) => style.fill[0] !== null && !but.test(reference)).map(([reference]) => reference);

/** Sets texts of cells the way a person's program does: the whole workbook is read and saved again. */
const edited = async (file: string, output: string, values: Record<string, string>): Promise<string> => {
  const script = 'import sys,json,openpyxl\nbook=openpyxl.load_workbook(sys.argv[1])\nfor reference,value in json.loads(sys.argv[3]).items(): book["成员名册"][reference]=value\nbook.save(sys.argv[2])';
  await promisify(execFile)(python, ['-c', script, file, output, JSON.stringify(values)]);
  return output;
};

describe('A roster that came back', () => {
  it('gets the same verdicts when it is sent again, and no second result column', async () => {
    const first = await round(MESSY, at('first.xlsx'));
    const second = await round(at('first.xlsx'), at('second.xlsx'));
    expect(second.lines).toEqual(first.lines);
    expect(second.totals).toEqual(first.totals);
    expect(second.said).toEqual(first.said);
    expect(second.layout.unknown.map(({ heading }) => heading)).toEqual([...first.layout.unknown.map(({ heading }) => heading), RESULT_HEADING]);
  });

  it('from .csv is a workbook, with the same verdicts when it is sent again', async () => {
    const csv = at('roster.csv');
    await writeFile(csv, '\ufeff姓名,身份证号,所属镇,所属村,面积(亩)\r\n张测一,999999196001101002,送庄镇,白鹿村,3.25\r\n"=1+1",410308196001010000,送庄镇,没有的村,"1,200.00"\r\n');
    const first = await round(csv, at('from-csv.xlsx'));
    const second = await round(at('from-csv.xlsx'), at('from-csv-again.xlsx'));
    expect(first.said).toMatchObject({ resultColumn: 'F', comments: 4 });
    expect(second.lines).toEqual(first.lines);
    expect((await readFile(csv, 'utf8')).startsWith('\ufeff姓名')).toBe(true);
  });

  if (office.openpyxl) {
    it('loses the colour and the comment of a cell that was corrected, and keeps those of the others', async () => {
      await round(MESSY, at('wrong.xlsx'));
      const [original, wrong] = (await rosterIn(MESSY, at('wrong.xlsx'))) as [SheetSeen, SheetSeen];
      const reference = Object.entries(wrong.comments).find(([one, text]) => one.startsWith('C') && text.includes('校验码'))?.[0] ?? '';
      await edited(at('wrong.xlsx'), at('corrected.xlsx'), { [reference]: '999999195511112225' });
      const { lines } = await round(at('corrected.xlsx'), at('again.xlsx'));
      const [again] = (await rosterIn(at('again.xlsx'))) as [SheetSeen];
      expect(lines.find(([row]) => row === reference.slice(1))?.join()).not.toContain('@id');
      expect([again.comments[reference], again.cells[reference]?.style]).toEqual([original.comments[reference], original.cells[reference]?.style]);
      const others = (sheet: SheetSeen) => fills(sheet).filter((one) => one !== reference);
      expect(others(again)).toEqual(others(wrong));
    }, PATIENCE);
  }

  if (office.openpyxl && office.libreoffice) {
    it('saved by LibreOffice in between loses stale colours all the same', async () => {
      await round(MESSY, at('through.xlsx'));
      const [saved = ''] = await savedByLibreOffice([at('through.xlsx')], folder);
      await edited(saved, at('through-corrected.xlsx'), { C30: '999999195511112225' });
      await round(at('through-corrected.xlsx'), at('through-again.xlsx'));
      const [once, twice] = (await rosterIn(at('through.xlsx'), at('through-again.xlsx'))) as [SheetSeen, SheetSeen];
      const others = (sheet: SheetSeen) => fills(sheet, /^[Q-Z]/).filter((reference) => reference !== 'C30');
      expect([once.cells.C30?.style.fill[0], twice.cells.C30?.style.fill[0]]).toEqual(['solid', null]);
      expect(others(twice)).toEqual(others(once));
      expect(twice.comments).toEqual({ ...once.comments, C30: undefined });
    }, PATIENCE);
  }
});
