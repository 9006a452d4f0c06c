import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'csv-parse/sync';
import { runInWorker, unguarded } from '#workbook';
import type { RosterReport } from './roster-report.js';
import { numberOf } from './told-rows.js';

const COMMAND = join(process.cwd(), 'dist', 'apps', 'cooperative', 'src', 'roster', 'roster-command-line.js');
const ROSTERS = join(process.cwd(), 'test', 'rosters');
const MESSY = ['--cooperative', '测试01合作社', '--today', '2022-07-18', '--allow-test-ids'];
const folder = mkdtempSync(join(tmpdir(), 'roster-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const roster = (file: string, ...args: string[]) => {
  if (!existsSync(COMMAND)) throw new Error('build first: npm run build');
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, file, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 });
  return { status, stdout, stderr };
};
const messy = (...args: string[]) => roster(join(ROSTERS, 'messy-roster.xlsx'), ...MESSY, ...args);
const text = (path: string): string => readFileSync(path, 'utf8');

describe('npm run roster', () => {
  test('writes exactly the expected verdicts, and ends with 1', () => {
    const verdicts = join(folder, 'verdicts.csv');
    const expected = (name: string): string => text(join(ROSTERS, name));
    expect(messy('--verdicts', verdicts).status).toBe(1);
    expect(text(verdicts)).toBe(expected('messy-roster.expected.csv'));
    expect(messy('--verdicts', verdicts, '--known', join(ROSTERS, 'known.csv')).status).toBe(1);
    expect(text(verdicts)).toBe(expected('messy-roster.expected-known.csv'));
  });

  test('with what it accepted as known, every accepted row is unchanged, and an edited cell says before and after', () => {
    const [accepted, first, second] = ['accepted.csv', 'first.csv', 'second.csv'].map((name) => join(folder, name)) as [string, string, string];
    messy('--accepted', accepted, '--verdicts', first);
    messy('--known', accepted, '--verdicts', second);
    expect(text(second).replaceAll('UNCHANGED', 'NEW')).toBe(text(first));
    writeFileSync(accepted, text(accepted).replace('李测三,410308103210,1组', '李测三,410308103210,2组'));
    messy('--known', accepted, '--verdicts', second);
    expect(text(second)).toContain('7,3,李测三,UPDATE,,,group: 2组 -> 1组');
  });

  describe('with texts that a spreadsheet would calculate', () => {
    const TEXTS = ['=1+1', '+86', '-3', '@SUM(A1)', '＝1+1', '＋1', '－1', '＠1', '\t=1', '\r=1', "'=1", '=HYPERLINK("http://x","y")'];
    const [file, verdicts, accepted, again] = ['formulas.csv', 'formulas-verdicts.csv', 'formulas-accepted.csv', 'formulas-again.csv'].map((name) => join(folder, name)) as [string, string, string, string];
    const field = (value: string): string => `"${value.replaceAll('"', '""')}"`;
    const lines = TEXTS.map((value, i) => [value, `某${String.fromCharCode(0x4e00 + i)}`, numberOf(`19${50 + i}0101`, i), '白鹿庄村', value]);
    const refused = TEXTS.map((value, i) => ['', value, numberOf(`19${70 + i}0101`, i), '白鹿庄村', '']);
    const cells = (path: string): string[][] => parse(text(path), { relax_column_count: true }) as string[][];
    const judge = (...args: string[]) => roster(file, ...MESSY, ...args);
    beforeAll(() => {
      // As another program writes it: guarded, where the text would otherwise be undone on reading.
      const said = [...lines, ...refused].map((line) => line.map((value) => field(/^'?=/.test(value) ? `'${value}` : value)).join());
      writeFileSync(file, `序号,姓名,身份证号,所属村,作物\n${said.join('\n')}\n`);
      judge('--verdicts', verdicts, '--accepted', accepted);
      judge('--known', accepted, '--verdicts', again);
    });

    test('accepts none that begins as a formula does', () => {
      expect(cells(accepted).flat().filter((cell) => /^[=+\-@\t\r＝＋－＠]/.test(cell))).toEqual([]);
    });

    test('writes what reads back as it was', () => {
      const told = cells(verdicts).slice(1).map(([, no = '', name = '', verdict]) => [no, name, verdict]);
      expect(told.slice(0, lines.length)).toEqual(lines.map(([no, name]) => [no, name, 'NEW']));
      expect(told.slice(lines.length).map(([, name]) => name)).toEqual(TEXTS.map((value) => value.trim()));
      const crop = cells(accepted)[0]?.indexOf('crop') ?? -1;
      expect(cells(accepted).slice(1, lines.length + 1).map((line) => unguarded(line[crop] ?? ''))).toEqual(['=1+1', '+86', '-3', '@SUM(A1)', '=1+1', '+1', '-1', '@1', '=1', '=1', "'=1", '=HYPERLINK("http://x","y")']);
    });

    test('knows what it accepted again, unchanged', () => {
      const before = cells(verdicts).filter(([, , , verdict]) => verdict === 'NEW').map(([row]) => row);
      expect(before.length).toBeGreaterThanOrEqual(lines.length);
      expect(cells(again).filter(([, , , verdict]) => verdict === 'UNCHANGED').map(([row]) => row)).toEqual(before);
    });
  });

  test('shows nothing of a person in full', () => {
    const { stdout } = messy();
    expect(stdout).toContain('张*一');
    expect(stdout + messy('--json').stdout).not.toMatch(/99999919600101|13800000000|张测一|王测二/);
  });

  test('--json says the same for a machine', () => {
    const report = JSON.parse(messy('--json').stdout) as { totals: { rows: number }; listed: { row: number; verdict: string; reasons: { code: string; zh: string; en: string }[] }[]; layout: { columns: Record<string, number> } };
    expect([report.totals.rows, report.listed.length, report.layout.columns.id]).toEqual([52, 52, 3]);
    expect(report.listed.find(({ row }) => row === 29)?.reasons[0]).toMatchObject({ code: 'id-rounded', zh: expect.any(String) as string, en: expect.any(String) as string });
  });

  test('ends with 0 where nothing is wrong and nothing waits', () => expect(roster(join(ROSTERS, 'openpyxl.xlsx'), ...MESSY).status).toBe(0));

  test('ends with 2 and a word that helps where it cannot read or does not understand', () => {
    const none = roster(join(ROSTERS, 'known.csv'), '--heading-row', '3');
    expect([none.status, none.stderr.includes('第 3 行')]).toEqual([2, true]);
    for (const args of [['--nonsense'], ['--today', 'soon'], ['--heading-row', 'x'], ['--verdicts', join(ROSTERS, 'messy-roster.xlsx')]]) expect(messy(...args).status).toBe(2);
    expect(roster(join(folder, 'nowhere.xlsx')).status).toBe(2);
  });

  test('is told which sheet and which heading', () => {
    expect(messy('--sheet', '填表说明').status).toBe(2);
    expect(messy('--sheet', '成员名册', '--heading-row', '3').status).toBe(1);
  });
});

describe('A roster in a worker', () => {
  const worker = pathToFileURL(join(dirname(COMMAND), 'roster-worker.js'));
  const work = () => {
    const file = join(folder, 'big.csv');
    writeFileSync(file, `姓名,身份证号,所属村\n${'某,1,白鹿村\n'.repeat(200_000)}`);
    return { run: { file, today: '2022-07-18', allowTestIds: true, cooperative: '甲社' }, outputs: { listed: 0 } };
  };

  test('says how far it is', async () => {
    const rows: number[] = [];
    const report = await runInWorker<unknown, RosterReport, number>(worker, work(), { onProgress: (row) => rows.push(row) });
    expect(report.totals.byVerdict.ERROR).toBe(200_000);
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.at(-1)).toBe(200_000);
    expect(rows).toEqual([...rows].sort((a, b) => a - b));
  }, 60_000);

  test('ends where it is when it is cancelled', async () => {
    const cancel = new AbortController();
    const rows: number[] = [];
    const stopAt = (row: number): void => {
      rows.push(row);
      cancel.abort();
    };
    const running = runInWorker<unknown, RosterReport, number>(worker, work(), { signal: cancel.signal, onProgress: stopAt });
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(rows.at(-1)).toBeLessThan(200_000);
    await expect(runInWorker(worker, work(), { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' });
  }, 60_000);

  test('hands on why a file cannot be read', async () => expect(runInWorker(worker, { ...work(), run: { ...work().run, file: join(folder, 'nowhere') } })).rejects.toMatchObject({ code: 'no-such-file' }));
});
