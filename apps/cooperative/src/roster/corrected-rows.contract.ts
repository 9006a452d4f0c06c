import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findOffice, python, seenByOpenpyxl, type SheetSeen } from '../../../../test/infra/office.js';
import { judgeRoster, type RosterRun } from './judge-roster.js';
import { reportRoster } from './roster-report.js';
import { numberOf } from './told-rows.js';
import { verdictLine } from './verdict-lines.js';

const HEADINGS = ['姓名', '身份证号', '与户主关系', '户主姓名', '所属村', '面积(亩)'];
/** The last digit but one is another: the check says so. */
const mistyped = (id: string): string => id.slice(0, 16) + String((Number(id[16]) + 1) % 10) + id.slice(17);
const [WIFE, HEAD] = [numberOf('19620101', 2), numberOf('19700101', 3)];
const ROWS = [
  ['甲户主', numberOf('19600101', 1), '户主', '', '白鹿庄村', '1.5'],
  ['甲妻', mistyped(WIFE), '配偶', '甲户主', '白鹿庄村', ''],
  ['乙户主', mistyped(HEAD), '户主', '', '西山头村', '2'],
  ['乙子', numberOf('19950101', 4), '子', '乙户主', '西山头村', ''],
  ['丙户主', numberOf('19800101', 5), '户主', '', '白鹿庄村', '3'],
  ['丁户主', numberOf('19810101', 6), '户主', '', '白鹿庄村', '若干'],
];
/** The user keeps these rows of the returned workbook, and corrects two cells; where each of them then is. */
const KEPT = [3, 4, 5, 7];
const CORRECTED = { B3: WIFE, B4: HEAD };
const SAID = ['甲妻 NEW', '乙户主 NEW', '乙子 NEW', '丁户主 ERROR area-not-a-number@area'];

const MAKE = `book=openpyxl.Workbook(); sheet=book.active; sheet.title='名册'
for row in told['rows']: sheet.append(row)
for row in sheet.iter_rows(min_row=2):
  row[1].fill=PatternFill('solid',fgColor='FFFFFF00'); row[1].number_format='@'`;
const KEEP = `book=openpyxl.load_workbook(source); sheet=book['名册']
for reference,value in told['corrected'].items(): sheet[reference]=value
for row in range(sheet.max_row,1,-1):
  if row not in told['kept']: sheet.delete_rows(row)`;
/** Cells as Excel pastes them: with their colours and comments, without our column and our sheets. */
const PASTE = `old=openpyxl.load_workbook(source)['名册']; book=openpyxl.Workbook(); sheet=book.active; sheet.title='更正'
for reference,value in told['corrected'].items(): old[reference]=value
for at,row in enumerate([1]+told['kept'],1):
  for column in range(1,7):
    before,cell=old.cell(row,column),sheet.cell(at,column,old.cell(row,column).value)
    cell.fill,cell.font,cell.border,cell.number_format=copy(before.fill),copy(before.font),copy(before.border),before.number_format
    if before.comment: cell.comment=Comment(before.comment.text,before.comment.author)`;

const office = findOffice();
const PATIENCE = 600_000;
let folder = '';
const at = (name: string): string => join(folder, name);
const inPython = async (script: string, source: string, target: string): Promise<void> => {
  const told = JSON.stringify({ rows: [HEADINGS, ...ROWS], kept: KEPT, corrected: CORRECTED });
  const lines = ['import sys,json,openpyxl', 'from copy import copy', 'from openpyxl.comments import Comment', 'from openpyxl.styles import PatternFill', 'source,target,told=sys.argv[1],sys.argv[2],json.loads(sys.argv[3])', script, 'book.save(target)'];
  await promisify(execFile)(python, ['-c', lines.join('\n'), source, target, told]);
};

const run = (file: string, known?: string): RosterRun => ({ file, known, cooperative: '甲社', today: '2022-07-18', allowTestIds: true });
const told = async (file: string, known?: string): Promise<string[]> => {
  const judged = await judgeRoster(run(file, known));
  try {
    const names: string[] = [];
    for await (const rows of judged.table.rows()) for (const { cells } of rows) names.push(cells[1]?.text ?? '');
    return [...judged.verdicts].map((verdict, i) => `${names[i]} ${verdictLine(verdict, { no: '', name: '' }).slice(3).filter(Boolean).join(' ')}`);
  } finally {
    judged.book.close();
  }
};
const rosterIn = async (file: string): Promise<SheetSeen> => {
  const [book] = await seenByOpenpyxl(file);
  return (book?.sheets['名册'] ?? book?.sheets['更正']) as SheetSeen;
};
const returned = async (file: string, output: string): Promise<SheetSeen> => {
  await reportRoster(run(file, at('accepted.csv')), { out: output, listed: 0 });
  return rosterIn(output);
};

afterAll(() => rm(folder, { recursive: true, force: true }));
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shuangbang-corrected-'));
  if (!office.openpyxl) return;
  await inPython(MAKE, '', at('roster.xlsx'));
  await reportRoster(run(at('roster.xlsx')), { out: at('first.xlsx'), accepted: at('accepted.csv'), listed: 0 });
  await inPython(KEEP, at('first.xlsx'), at('kept.xlsx'));
  await inPython(PASTE, at('first.xlsx'), at('pasted.xlsx'));
}, PATIENCE);

if (office.openpyxl) {
  describe('Only the corrected rows, sent back beside what was accepted', () => {
    it('were wrong when all were sent', async () => {
      expect(await told(at('roster.xlsx'))).toEqual(['甲户主 NEW', '甲妻 ERROR id-check-digit@id', '乙户主 ERROR id-check-digit@id', '乙子 ERROR head-not-accepted@head', '丙户主 NEW', SAID[3]]);
    });

    for (const name of ['kept.xlsx', 'pasted.xlsx']) {
      it(`get their verdicts: the head who is not sent again is known (${name})`, async () => {
        expect(await told(at(name), at('accepted.csv'))).toEqual(SAID);
        expect((await told(at(name)))[0]).toBe('甲妻 ERROR head-unknown@head');
      });
    }

    it('look as the user had them where they are right now, and are marked where they are not', async () => {
      const before = (await rosterIn(at('roster.xlsx'))).cells;
      const { cells, comments } = await returned(at('kept.xlsx'), at('kept-returned.xlsx'));
      for (const [now, then] of [['B2', 'B3'], ['B3', 'B4'], ['D4', 'D5']] as const) expect([now, cells[now]?.style]).toEqual([now, before[then]?.style ?? before.A5?.style]);
      expect(cells.F5?.style.fill[0]).toBe('solid');
      expect(Object.keys(comments)).toEqual(['F5']);
    }, PATIENCE);

    it('lose our colours and comments also in a workbook that cannot remember what was under them', async () => {
      const { cells, comments } = await returned(at('pasted.xlsx'), at('pasted-returned.xlsx'));
      for (const reference of ['B2', 'B3', 'D4']) expect([reference, cells[reference]?.style.fill[0] ?? null]).toEqual([reference, null]);
      expect([cells.B4?.style.fill[1], cells.F5?.style.fill[0]]).toEqual([expect.stringContaining('FFFFFF00'), 'solid']);
      expect(Object.keys(comments)).toEqual(['F5']);
    }, PATIENCE);
  });
}
