import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { freePort } from '#deploy/kafka/broker.mjs';
import { dataDirectory } from './infra/data-directory.js';
import { until as untilIn } from './infra/until.js';

const dir = dataDirectory('start-kafka');
let port = 0;
let started: Start | undefined;

const read = (pid: string, file: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
};
/** Processes that work on the data directory: services by their environment, broker and database by their command line. */
const processes = (name = ''): number[] =>
  readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && Number(pid) !== process.pid).filter((pid) => {
    const line = read(pid, 'cmdline');
    return line.includes(name) && !line.includes('start.mjs') && (line.includes(dir) || read(pid, 'environ').includes(`DATA_DIR=${dir}`));
  }).map(Number);

interface Start {
  child: ChildProcess;
  printed(): string;
}
const until = (what: string, holds: () => boolean | Promise<boolean>): Promise<void> => untilIn(what, holds, 120_000, { every: 100, shown: () => `printed:\n${started?.printed()}` });
const start = (more: Record<string, string> = {}, args: string[] = []): Start => {
  const child = spawn(process.execPath, ['deploy/kafka/start.mjs', ...args], { env: { ...process.env, PORT: String(port), DATA_DIR: dir, LOG_LEVEL: 'warn', ...more } });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (text += data.toString()));
  return { child, printed: () => text };
};
const ended = async ({ child }: Start): Promise<number | null> => {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode;
};
const get = (path: string, token?: string) => fetch(`http://127.0.0.1:${port}${path}`, token ? { headers: { authorization: `Bearer ${token}` } } : {});
const ready = () => get('/health/ready').then(({ ok }) => ok, () => false);
const tokenIn = (printed: string): string => /administrator {2}(\S+)/.exec(printed)?.[1] ?? '';

beforeAll(async () => {
  if (!existsSync('dist/apps/farmer/src/main.js')) throw new Error('build first: npm run build');
  port = await freePort();
});
afterAll(async () => {
  if (started) started.child.kill('SIGTERM');
  if (started) await ended(started);
  for (const pid of processes()) process.kill(pid, 'SIGKILL');
  rmSync(dir, { recursive: true, force: true });
}, 60_000);

describe('npm run start:kafka', () => {
  let token = '';

  test('brings every service up behind one address, and tells the tokens', async () => {
    started = start();
    const { printed } = started;
    await until('is up', () => /双绑 /.test(printed()));
    await until('is ready', ready);
    token = tokenIn(printed());
    for (const path of ['/farmer/households', '/cooperative/cooperatives', '/enterprise/enterprises', '/projection/figures']) expect([path, (await get(path, token)).status]).toEqual([path, 200]);
    expect((await get('/farmer/households')).status).toBe(401);
    expect(processes('service.mjs').length).toBeGreaterThanOrEqual(4);
  }, 180_000);

  test('shows the documentation of every service and keeps the metrics inside', async () => {
    expect((await get('/docs')).status).toBe(200);
    expect(await (await get('/docs/swagger-ui-init.js')).text()).toContain('/enterprise/docs-json');
    expect(Object.keys(((await (await get('/enterprise/docs-json')).json()) as { paths: object }).paths)).toContain('/enterprise/contracts');
    expect((await get('/metrics')).status).toBe(404);
  });

  test('starts a service again that was killed, and answers 503 meanwhile', async () => {
    for (const pid of processes('service.mjs\0farmer')) process.kill(pid, 'SIGKILL');
    expect((await get('/farmer/households', token)).status).toBe(503);
    await until('farmer is back', () => get('/farmer/households', token).then(({ status }) => status === 200));
    expect(started?.printed()).toContain('farmer 意外结束');
  }, 130_000);

  test('says so when the port is taken or the data are in use', async () => {
    const again = start();
    expect(await ended(again)).toBe(1);
    expect(again.printed()).toContain(`端口 ${port} 已被占用`);
    const elsewhere = start({ PORT: String(await freePort()) });
    expect(await ended(elsewhere)).toBe(1);
    expect(elsewhere.printed()).toContain('in use by process');
  }, 60_000);

  test('killed, leaves nothing that blocks the next start, and that one finds the data and tells no tokens', async () => {
    const household = { householdId: 'h-1', villageId: 'r-410308103210', resident: true, eligible: true, validFrom: '2022-01-01' };
    const registered = await fetch(`http://127.0.0.1:${port}/farmer/households`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: JSON.stringify(household) });
    expect([registered.status, await registered.text()]).toEqual([200, expect.anything()]);
    started?.child.kill('SIGKILL');
    await until('the services end by themselves', () => processes('service.mjs').length === 0);
    started = start();
    await until('is up again', () => /双绑 /.test(started?.printed() ?? ''));
    await until('is ready again', ready);
    expect(tokenIn(started.printed())).toBe('');
    await until('the household is there', async () => (await get('/farmer/households/h-1', token)).status === 200);
  }, 240_000);

  test('ends everything on Ctrl-C', async () => {
    started?.child.kill('SIGINT');
    expect(started && (await ended(started))).toBe(0);
    expect(processes()).toEqual([]);
  }, 120_000);

  test('says what is missing, and that the sample is told elsewhere', async () => {
    const noJava = start({ PATH: '/nowhere' });
    expect(await ended(noJava)).toBe(1);
    expect(noJava.printed()).toMatch(/Java 17/);
    const sample = start({}, ['--sample']);
    expect(await ended(sample)).toBe(2);
    expect(sample.printed()).toContain('npm start -- --sample');
  }, 60_000);
});
