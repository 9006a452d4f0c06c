import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '#deploy/kafka/broker.mjs';
import { stopOrphan } from '../libs/postgres/src/embedded-process.js';
import { dataDirectory } from './infra/data-directory.js';
import { Program } from './infra/program.js';
import { until } from './infra/until.js';

const dir = dataDirectory('starting');
const DATA_DIR = join(dir, 'data');
let program: Program;
let administrator: string;

const start = async (): Promise<Program> => (program = await new Program(await freePort(), { DATA_DIR }).up());
const ask = async (path: string, token = administrator): Promise<{ status: number; body: never }> => {
  const answer = await fetch(`${program.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
  return { status: answer.status, body: (await answer.json()) as never };
};
const household = (id: string): object => ({ householdId: id, villageId: 'r-410308103210', resident: true, eligible: true, validFrom: '2022-01-01' });
const register = (id: string, input: object = household(id)): Promise<Response> =>
  fetch(`${program.url}/farmer/households`, { method: 'POST', body: JSON.stringify(input), headers: { authorization: `Bearer ${administrator}`, 'content-type': 'application/json' } });
const present = async (ids: readonly string[]): Promise<string[]> => {
  const found: string[] = [];
  for (const id of ids) if ((await ask(`/farmer/households/${id}`)).status === 200) found.push(id);
  return found;
};
/** A view may still be on its way. */
/** Registers one household after the other until the program is gone; answers with those it has acknowledged. */
const writing = async (prefix: string): Promise<string[]> => {
  const acknowledged: string[] = [];
  const one = async (lane: number): Promise<void> => {
    for (let i = 0; ; i += 1) {
      const id = `${prefix}-${lane}-${i}`;
      const status = await register(id).then(async (answer) => (await answer.text(), answer.status), () => 0);
      if (status === 200) acknowledged.push(id);
      else return;
    }
  };
  await Promise.all(Array.from({ length: 8 }, (_, lane) => one(lane)));
  return acknowledged;
};

afterAll(async () => {
  await program?.stop('SIGKILL');
  await stopOrphan(join(DATA_DIR, 'postgres', 'data'));
  rmSync(dir, { recursive: true, force: true });
}, 60_000);

describe('npm start on a fresh machine', () => {
  test('tells where it is and the tokens of the first accounts', async () => {
    await start();
    administrator = program.token('administrator');
    expect(program.printed).toContain(`${program.url}/docs`);
    for (const account of ['district-official', 'analyst', 'cooperative-manager', 'enterprise-staff', 'operator']) expect(program.token(account)).toMatch(/^ey/);
    expect((await fetch(`${program.url}/health/ready`)).status).toBe(200);
  }, 180_000);

  test('knows the 272 units of 孟津区, and who only has the district may begin', async () => {
    const total = async (day: string): Promise<number> => ((await ask(`/farmer/regions?under=r-410308&level=VILLAGE&limit=1&asOf=${day}`)).body as { total: number }).total;
    await until('the regions are there', async () => (await total('2022-10-31')) === 270);
    expect(await total('2022-07-20')).toBe(272);
    administrator = program.token('district-official');
    await until('a household is registered', async () => (await register('h-first')).status === 200);
    administrator = program.token('administrator');
  }, 60_000);

  test('logs nothing personal, whatever is sent', async () => {
    const headers = { authorization: `Bearer ${administrator}`, 'content-type': 'application/json' };
    const person = { personId: 'p-1', householdId: 'h-first', name: '张三丰', identityNumber: '410308199001011234', phone: '13812345678' };
    for (const input of [person, { ...person, validFrom: '张三丰' }, { ...person, householdId: '410308199001011234' }]) await fetch(`${program.url}/farmer/persons`, { method: 'POST', headers, body: JSON.stringify(input) });
    await fetch(`${program.url}/farmer/persons`, { method: 'POST', headers, body: '{"name":"张三丰"' });
    for (const path of ['/farmer/villages?name=张三丰', '/farmer/households?q=410308199001011234', '/farmer/households?asOf=张三丰', '/13812345678/张三丰']) await ask(path);
    const log = program.printed.split('\n').filter((line) => line.startsWith('{'));
    expect(log.filter((line) => line.includes('"answered"')).length).toBeGreaterThan(8);
    expect(log.join('\n')).not.toMatch(/张三|410308199001011234|13812345678/);
  }, 60_000);
});

describe('What was acknowledged', () => {
  test('survives kill -9 under load, and the tokens are not told again', async () => {
    const load = writing('h-kill');
    await pause(1500);
    await program.stop('SIGKILL');
    const acknowledged = await load;
    expect(acknowledged.length).toBeGreaterThan(8);
    await start();
    expect(program.token('administrator')).toBe('');
    await until('what was acknowledged is there', async () => (await present(acknowledged)).length === acknowledged.length);
  }, 240_000);

  test('survives Ctrl-C under load; the program ends by itself, well', async () => {
    const load = writing('h-stop');
    await pause(1500);
    expect(await program.stop('SIGINT')).toBe(0);
    const acknowledged = await load;
    expect(acknowledged.length).toBeGreaterThan(8);
    await start();
    await until('what was acknowledged is there', async () => (await present(acknowledged)).length === acknowledged.length);
  }, 240_000);
});

describe('Who starts it wrongly is told what to set', () => {
  const told = async (env: Readonly<Record<string, string>>, ...flags: string[]): Promise<[number | null, string]> => {
    const one = new Program(await freePort(), env, ...flags);
    return [await one.end(), one.printed];
  };
  const plain = /^((?!\n {4}at |Node\.js).)*$/s;

  test('a second one on the same data', async () => {
    const [code, printed] = await told({ DATA_DIR });
    expect([code, printed]).toEqual([78, expect.stringMatching(/DATA_DIR: .+正被进程 \d+ 使用.+in use by process \d+: stop it first, or set another DATA_DIR/)]);
    expect(printed).toMatch(plain);
  }, 60_000);

  test('a port that is taken, before anything is started', async () => {
    const other = join(dir, 'other');
    const [code, printed] = await told({ DATA_DIR: other, PORT: new URL(program.url).port });
    expect([code, printed]).toEqual([78, expect.stringMatching(/PORT: .+已被占用.+is taken: is it running already\? Stop what uses it, or set another PORT/)]);
    expect(printed).toMatch(plain);
    expect(existsSync(other)).toBe(false);
  }, 60_000);

  test('a data directory that cannot be written, a flag and a value that do not exist', async () => {
    writeFileSync(join(dir, 'file'), '');
    expect(await told({ DATA_DIR: join(dir, 'file') })).toEqual([78, expect.stringMatching(/DATA_DIR: 无法写入.+cannot write to/)]);
    expect(await told({}, '--smaple')).toEqual([78, expect.stringMatching(/--smaple[^]+--sample [^]+--tokens /)]);
    expect(await told({ LOG_LEVEL: 'loud' })).toEqual([78, expect.stringContaining('LOG_LEVEL: ')]);
  }, 60_000);

  test('lost tokens are told anew by --tokens, while the system runs', async () => {
    const again = new Program(await freePort(), { DATA_DIR }, '--tokens');
    expect(await again.end()).toBe(0);
    expect((await ask('/farmer/regions?limit=1', again.token('analyst'))).status).toBe(200);
  }, 60_000);
});
