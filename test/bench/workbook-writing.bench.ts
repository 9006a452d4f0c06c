import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type BenchRow, compare } from './row.js';

const ROUNDS = 3;
const TASK = fileURLToPath(new URL('./workbook-writing-task.js', import.meta.url));

interface Measured {
  readonly seconds: number;
  readonly megabytes: number;
}

const measured = async (task: string, rows: number, folder: string): Promise<Measured> => JSON.parse((await promisify(execFile)(process.execPath, [TASK, task, String(rows), folder])).stdout) as Measured;

interface Measure {
  readonly name: string;
  readonly ours: string;
  readonly limit: string;
  readonly rows: number;
  readonly atMost: number;
  readonly megabytes: number;
}

/** Seconds beside those of the limit in the same round, and the most memory of any round. */
const rowsOf = async ({ name, ours, limit, rows, atMost, megabytes }: Measure, folder: string): Promise<BenchRow[]> => {
  let most = 0;
  const one = async () => {
    const { seconds, megabytes: used } = await measured(ours, rows, folder);
    most = Math.max(most, used);
    return seconds;
  };
  const compared = await compare(ROUNDS, one, async () => (await measured(limit, rows, folder)).seconds);
  return [
    { name, unit: 's', ...compared, target: atMost, better: 'lower' },
    { name: `${name}, memory`, unit: 'MB', ours: most, limit: null, ratio: null, target: megabytes, better: 'lower' },
  ];
};

/** @param options.households rows of the returned workbook, 100,000 unless told; exports have ten times as many */
export const run = async ({ households = 100_000 }: { households?: number } = {}): Promise<BenchRow[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'shuangbang-bench-'));
  const exported = households * 10;
  try {
    await measured('make', households, folder);
    const measures: Measure[] = [
      { name: `returned workbook, ${households} × 16, 1,000 comments`, ours: 'give-back', limit: 'scan', rows: households, atMost: 12, megabytes: 500 },
      { name: `export .csv, ${exported} × 20`, ours: 'csv', limit: 'commas', rows: exported, atMost: 2, megabytes: 300 },
      { name: `export .xlsx, ${exported} × 20`, ours: 'xlsx', limit: 'commas', rows: exported, atMost: 10, megabytes: 300 },
      { name: `export Parquet, ${exported} × 20`, ours: 'parquet', limit: 'commas', rows: exported, atMost: 5, megabytes: 300 },
    ];
    const rows: BenchRow[] = [];
    for (const measure of measures) rows.push(...(await rowsOf(measure, folder)));
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
