import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '#deploy/kafka/broker.mjs';
import { stopOrphan } from '../libs/postgres/src/embedded-process.js';
import { dataDirectory } from './infra/data-directory.js';
import { Program } from './infra/program.js';
import { until as untilIn } from './infra/until.js';

const dir = dataDirectory('sample');
let program: Program;
const LONG = 30 * 60_000;

const start = async (): Promise<Program> => (program = await new Program(await freePort(), { DATA_DIR: dir }, '--sample').up());
const until = (what: string, holds: () => boolean): Promise<void> => untilIn(what, holds, LONG, { every: 100, shown: () => `printed:\n${program.printed}` });
const told = (): number => Number(/载入送庄镇示例.+: (\d+) \//.exec(program.printed)?.[1] ?? 0);
const tableIsThere = (): boolean => program.printed.includes('用分析员令牌打开链接');
const lines = (): string[] => program.printed.split('\n').filter((line) => /^ {2}[✓✗] /.test(line));

/** Heads of all lanes: what was ever recorded. */
const heads = async (token: string): Promise<string> => {
  const views = ['farmer', 'cooperative', 'enterprise'].map(async (service) => {
    const answer = await fetch(`${program.url}/${service}/operate/views`, { headers: { authorization: `Bearer ${token}` } });
    const { items } = (await answer.json()) as { items: { view: string; lanes: { service: string; lane: number; position: number }[] }[] };
    return items.filter(({ view }) => view === 'region_tree').flatMap(({ lanes }) => lanes.map(({ service: from, lane, position }) => `${from}:${lane}:${position}`));
  });
  return (await Promise.all(views)).flat().sort().join(' ');
};

afterAll(async () => {
  await program?.stop('SIGKILL');
  await stopOrphan(join(dir, 'sample', 'postgres', 'data'));
  rmSync(dir, { recursive: true, force: true });
}, 60_000);

describe('npm start -- --sample', () => {
  let administrator = '';
  let first: string[] = [];

  test('killed while it loads, and then stopped while it loads, goes on at the next start', async () => {
    await start();
    administrator = program.token('administrator');
    await until('it loads', () => told() > 0);
    await program.stop('SIGKILL');
    await start();
    await until('it loads', () => told() > 0);
    expect(await program.stop('SIGINT')).toBe(0);
    expect(tableIsThere()).toBe(false);
  }, LONG);

  test('ends with a table in which every figure is the right one, each with the link that opens it', async () => {
    await start();
    await until('the table is there', tableIsThere);
    first = lines();
    expect(first.length).toBeGreaterThan(18);
    expect(first.filter((line) => line.startsWith('  ✗'))).toEqual([]);
    for (const figure of ['15000.00 亩', '15900.00 亩', '300.00 亩', '4000 户', '15000 人', '3760 户', '43 家', '8 家', '93.02 %', '83.33 %', '50.00 %']) expect(first.join('\n')).toContain(figure);
    const [, link = ''] = /(http:\S+base-area\?region=410308103&asOf=2022-07-18)/.exec(program.printed) ?? [];
    const answer = await fetch(link, { headers: { authorization: `Bearer ${administrator}` } });
    expect(await answer.json()).toMatchObject({ value: 1_500_000, asOf: '2022-07-18' });
  }, LONG);

  test('a second time changes nothing', async () => {
    const before = await heads(administrator);
    expect(await program.stop('SIGINT')).toBe(0);
    await start();
    await until('the table is there', tableIsThere);
    expect([lines(), await heads(administrator)]).toEqual([first, before]);
    expect(program.printed).not.toContain('载入送庄镇示例');
  }, LONG);
});
