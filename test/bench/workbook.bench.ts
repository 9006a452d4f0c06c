import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeRoster, writeRosterText } from './roster-file.js';
import { type BenchRow, compare, median } from './row.js';

const ROUNDS = 5;
const CHILD = join(import.meta.dirname, 'one-reading.js');

interface Measured {
  found: number;
  seconds: number;
  memory: number;
}
const measure = (reading: string, file: string): Measured => {
  const { stdout, stderr, status } = spawnSync(process.execPath, [CHILD, reading, file], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Measured;
};

/** python-calamine beside us, where it is installed: an anchor, not a target. */
const calamine = (file: string): string => {
  const script = 'import sys,time\nfrom python_calamine import CalamineWorkbook\nt=time.time();n=len(CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).to_python());print(f"{time.time()-t:.2f} s")';
  const { stdout, status } = spawnSync('python3', ['-c', script, file], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : 'not installed';
};

const judged = async (folder: string, rows: number): Promise<BenchRow[]> => {
  const file = join(folder, 'roster.xlsx');
  await writeRoster(file, rows);
  const memory: number[] = [];
  const time = await compare(ROUNDS, async () => {
    const ours = measure('judge', file);
    memory.push(ours.memory);
    return ours.seconds;
  }, async () => measure('scan', file).seconds);
  console.log(`  python-calamine reads the same file in ${calamine(file)}`);
  const name = `${rows.toLocaleString('en')} × 16 read and judged`;
  return [
    { name, unit: 's', ...time, target: 10, better: 'lower' },
    { name: `${name}: memory`, unit: 'MB', ours: median(memory), limit: null, ratio: null, target: 300, better: 'lower' },
  ];
};

const large = async (folder: string, rows: number): Promise<BenchRow> => {
  const file = join(folder, 'large.xlsx');
  await writeRoster(file, rows);
  return { name: `${rows.toLocaleString('en')} × 16 read and judged: memory`, unit: 'MB', ours: measure('judge', file).memory, limit: null, ratio: null, target: 600, better: 'lower' };
};

const text = async (folder: string, rows: number): Promise<BenchRow> => {
  const file = join(folder, 'roster.csv');
  await writeRosterText(file, rows);
  const time = await compare(ROUNDS, async () => measure('text', file).seconds, async () => measure('lines', file).seconds);
  return { name: `${rows.toLocaleString('en')} rows of GB18030 text read`, unit: 's', ...time, target: 4, better: 'lower' };
};

/** Reading and judging beside a bare inflate-and-scan, reading text beside decoding and splitting it. @param households rows, fewer for a quick look */
export const run = async ({ households }: { households?: number }): Promise<BenchRow[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'workbook-'));
  const rows = households ?? 100_000;
  try {
    return [...(await judged(folder, rows)), await large(folder, rows * 5), await text(folder, rows * 10)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
