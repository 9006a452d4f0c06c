import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { BenchRow } from './row.js';

const SUITES: Record<string, () => Promise<{ run(options: { households?: number }): Promise<BenchRow[]> }>> = {
  store: () => import('./store.bench.js'),
  projection: () => import('./projection.bench.js'),
  kafka: () => import('./kafka.bench.js'),
  'workbook-writing': () => import('./workbook-writing.bench.js'),
  workbook: () => import('./workbook.bench.js'),
};

const { values } = parseArgs({ options: { json: { type: 'string' }, only: { type: 'string', multiple: true }, households: { type: 'string' } } });

const reached = (row: BenchRow): boolean => {
  const measured = row.ratio ?? row.ours;
  return row.better === 'higher' ? measured >= row.target : measured <= row.target;
};
const short = (n: number | null): string => (n === null ? '–' : n >= 1000 ? Math.round(n).toLocaleString('en') : n.toFixed(2));

const rows: BenchRow[] = [];
for (const [name, load] of Object.entries(SUITES)) {
  if (values.only && !values.only.includes(name)) continue;
  console.log(`\n${name}`);
  for (const row of await (await load()).run({ households: values.households === undefined ? undefined : Number(values.households) })) {
    rows.push(row);
    const against = row.ratio === null ? '' : ` · limit ${short(row.limit)} · ratio ${row.ratio.toFixed(2)}`;
    console.log(`  ${reached(row) ? '✓' : '✗'} ${row.name}: ${short(row.ours)} ${row.unit}${against} · target ${row.better === 'higher' ? '≥' : '≤'} ${row.target}`);
  }
}
if (values.json) writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`);
