import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { run, type InjectedAnswer, type Running } from './index.js';
import { Process } from './process.js';
import { village, worked } from './trial/village-service.js';
import { Controller, Get } from '@nestjs/common';

const dataDir = mkdtempSync(join(tmpdir(), 'service-kit-'));
let system: Running;
let official: string;
const as = (token: string, more: Record<string, string> = {}) => ({ authorization: `Bearer ${token}`, ...more });
const post = (url: string, payload: unknown, headers: Record<string, string> = as(official)): Promise<InjectedAnswer> => system.inject({ method: 'POST', url: `/farmer${url}`, payload, headers });
const get = (url: string, headers: Record<string, string> = as(official)): Promise<InjectedAnswer> => system.inject({ method: 'GET', url, headers });
const household = (householdId: string, villageId = 'r-v') => ({ householdId, villageId, from: '2022-01-01' });
const key = (id: string): Record<string, string> => as(official, { 'idempotency-key': id });
const until = async (done: () => Promise<boolean>): Promise<void> => {
  for (const end = Date.now() + 10_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 30))) if (await done()) return;
  throw new Error('did not come about');
};

beforeAll(async () => {
  system = await run([village], { dataDir, port: 0, log: false, patienceMs: 1000, rateLimit: 0 });
  official = await system.tokenFor({ id: 'o', name: 'o', grants: [{ role: 'DISTRICT_OFFICIAL' }] });
  for (const [regionId, parentId] of [['r-410308', undefined], ['r-v', 'r-410308'], ['r-w', 'r-410308'], ['r-other', undefined]] as const) {
    expect((await post('/regions', { regionId, name: regionId, ...(parentId ? { parentId } : {}) })).status).toBe(200);
  }
}, 120_000);

afterAll(async () => {
  await system?.stop();
  rmSync(dataDir, { recursive: true, force: true });
}, 60_000);

describe('A command', () => {
  test('answers with what was recorded and where', async () => {
    const { status, body } = await post('/households', household('h-1'), key('8f7b1c1e-0000-4000-8000-000000000001'));
    expect(status).toBe(200);
    expect(body).toMatchObject({ commandId: '8f7b1c1e-0000-4000-8000-000000000001', at: [expect.stringMatching(/^farmer:\d+:\d+$/)], streams: [{ stream: 'household-h-1', version: 1 }], ids: { household: 'h-1' } });
    expect(new Date(body.recordedAt).getTime()).toBeGreaterThan(Date.now() - 60_000);
  });

  test('is readable at once by whoever carries its place', async () => {
    for (let i = 0; i < 20; i += 1) {
      const { body } = await post('/households', household(`h-read-${i}`));
      const list = await get(`/farmer/households?limit=500&at=${body.at.join(',')}`);
      expect(list.body.items).toContainEqual({ id: `h-read-${i}`, village: 'r-v' });
    }
  });

  test('given again with the same key is answered with the first result, though it would now be refused', async () => {
    const id = randomUUID();
    const first = await post('/households', household('h-again'), key(id));
    expect((await post('/households', household('h-again'), key(id))).body).toEqual(first.body);
    expect((await post('/households', household('h-again'), key(randomUUID()))).body).toMatchObject({ status: 409, code: 'already-registered' });
  });

  test('of another content under a used key is refused', async () => {
    const id = randomUUID();
    await post('/households', household('h-reuse'), key(id));
    expect((await post('/households', household('h-reuse-2'), key(id))).body).toMatchObject({ status: 409, code: 'command-id-reused' });
    expect((await post('/households', household('h-reuse', 'r-w'), key(id))).body).toMatchObject({ status: 409, code: 'command-id-reused' });
  });

  test('that finds nothing to do says so', async () => {
    await post('/households', household('h-still'));
    const { status, body } = await post('/households/h-still/moves', { villageId: 'r-v', from: '2022-09-01' });
    expect([status, body.recordedAt, body.at, body.ids]).toEqual([200, null, [], { household: 'h-still' }]);
  });

  test('racing on one stream is decided anew, and every acknowledged one stands', async () => {
    await post('/households', household('h-race'));
    const days = Array.from({ length: 12 }, (_, i) => `2022-09-${String(i + 1).padStart(2, '0')}`);
    const answers = await Promise.all(days.map((from, i) => post('/households/h-race/moves', { villageId: `r-${i}`, from })));
    const done = answers.filter(({ status }) => status === 200);
    expect(answers.every(({ status }) => status === 200 || status === 412)).toBe(true);
    expect(answers.find(({ status }) => status === 412)?.body.code ?? 'raced').toBe('raced');
    expect(Math.max(...done.map(({ body }) => body.streams[0].version))).toBe(done.length + 1);
  });

  test('about what is not known yet waits for it', async () => {
    const late = post('/households', household('h-late', 'r-late'));
    await new Promise((resolve) => setTimeout(resolve, 200));
    await post('/regions', { regionId: 'r-late', name: '迟', parentId: 'r-410308' });
    expect((await late).status).toBe(200);
  });

  test('about what nobody ever knew is refused with the advice to try again', async () => {
    const { status, body, headers } = await post('/households', household('h-never', 'r-never'));
    expect([status, body.code, headers['retry-after']]).toEqual([409, 'not-known-yet', '1']);
  });

  test('in a batch is answered each for itself, in order', async () => {
    const id = randomUUID();
    const commands = [
      { command: 'register-household', input: household('h-b1'), idempotencyKey: id },
      { command: 'register-household', input: { householdId: 'h-b2' } },
      { command: 'register-household', input: household('h-1') },
      { command: 'no-such-command', input: {} },
    ];
    const { body } = await post('/commands', { commands });
    expect(body.results.map(({ status }: { status: number }) => status)).toEqual([200, 400, 409, 404]);
    expect((await post('/commands', { commands: commands.slice(0, 1) })).body.results[0]).toEqual(body.results[0]);
    expect((await post('/commands', { commands: Array(501).fill(commands[0]) })).status).toBe(400);
  });

  test('carries its trace to the event, by whom and on whose behalf', async () => {
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    const answer = await post('/households', household('h-trace'), as(official, { traceparent: `00-${trace}-00f067aa0ba902b7-01`, 'x-on-behalf-of': 'farmer-7', 'x-source': 'IMPORT' }));
    expect(answer.headers.traceparent).toContain(trace);
    const [, lane, position] = answer.body.at[0].split(':').map(Number);
    const runtime = (system as unknown as { runtimes: { store: { read(lane: number, after: number, limit: number): Promise<{ origin: object }[]> } }[] }).runtimes[0];
    const [event] = (await runtime?.store.read(lane, position - 1, 1)) ?? [];
    expect(event?.origin).toMatchObject({ actor: 'o', onBehalfOf: 'farmer-7', source: 'IMPORT', correlationId: trace, traceparent: expect.stringContaining(trace) });
  });

  test('given by an automation follows its event, once', async () => {
    await post('/households', household('h-back'));
    await post('/households/h-back/moves', { villageId: 'r-back', from: '2022-09-01' });
    await until(async () => (await get('/farmer/households?limit=500')).body.items.some((row: { id: string; village: string }) => row.id === 'h-back' && row.village === 'r-v'));
  });
});

describe('A failure', () => {
  test('400 tells the reason of every field, in Chinese unless English is asked for', async () => {
    const zh = await post('/households', { householdId: '', villageId: 7, from: '2022-02-30', surplus: 1 });
    expect(zh.status).toBe(400);
    expect(zh.headers['content-type']).toContain('application/problem+json');
    expect(new Set(zh.body.errors.map(({ field }: { field: string }) => field))).toEqual(new Set(['householdId', 'villageId', 'from', 'surplus']));
    expect(zh.body).toMatchObject({ title: '输入有误', titleEn: 'The input is not well formed' });
    const en = await post('/households', {}, as(official, { 'accept-language': 'en-GB,zh;q=0.5' }));
    expect(en.body.title).toBe('The input is not well formed');
  });

  test('400 for a key that is no UUID, for JSON that is none, and for a list instead of an object', async () => {
    expect((await post('/households', household('h-x'), key('not-a-uuid'))).status).toBe(400);
    expect((await post('/households', [])).status).toBe(400);
    const broken = await fetch(`${system.url}/farmer/households`, { method: 'POST', body: '{', headers: { ...as(official), 'content-type': 'application/json' } });
    expect([broken.status, broken.headers.get('content-type')]).toEqual([400, expect.stringContaining('problem+json')]);
  });

  test('401 without a token, and with a forged one', async () => {
    expect((await get('/farmer/households', {})).body).toMatchObject({ status: 401, code: 'unauthenticated' });
    expect((await get('/farmer/households', as(`${official}x`))).status).toBe(401);
  });

  test('403 without the role, and outside the granted region', async () => {
    const analyst = await system.tokenFor({ id: 'a', name: 'a', grants: [{ role: 'ANALYST' }] });
    const villager = await system.tokenFor({ id: 'v', name: 'v', grants: [{ role: 'VILLAGE_OFFICIAL', region: 'r-w' }] });
    expect((await post('/households', household('h-no'), as(analyst))).body).toMatchObject({ status: 403, code: 'forbidden' });
    expect((await post('/households', household('h-no'), as(villager))).status).toBe(403);
    expect((await post('/households', household('h-yes', 'r-w'), as(villager))).status).toBe(200);
  });

  test('404 for a path that does not exist', async () => expect((await get('/farmer/nowhere')).body).toMatchObject({ status: 404, code: 'not-found' }));
  test('409 carries the code of the rule and its text', async () => {
    expect((await post('/households', household('h-1'))).body).toMatchObject({ status: 409, code: 'already-registered', detail: '农户已登记于 r-v', detailEn: 'registered already in r-v' });
  });
  test('413 for a body that is too large', async () => expect((await post('/households', { ...household('h-big'), note: 'x'.repeat(5_000_000) })).status).toBe(413));
  test('415 for what is not JSON', async () => expect((await post('/households', 'a=1', as(official, { 'content-type': 'text/plain-not' }))).status).toBe(415));

  test('500 for an event that breaks the published language: nothing is recorded, nothing leaks', async () => {
    const { status, body } = await post('/households', { ...household('h-broken'), broken: true });
    expect(status).toBe(500);
    expect(JSON.stringify(body)).not.toMatch(/不合法|HouseholdRegistered|at .*\.ts/);
    expect(body.traceId).toMatch(/^[0-9a-f]{32}$/);
    expect((await post('/households', household('h-broken'))).status).toBe(200);
  });

  test('503 when what was written has not arrived within the patience', async () => {
    const { status, body, headers } = await get('/farmer/households?at=farmer:0:999999');
    expect([status, body.code, headers['retry-after']]).toEqual([503, 'not-read-yet', '1']);
    expect((await get('/farmer/households?at=nonsense')).status).toBe(400);
  });
});

describe('A query', () => {
  test('shows what lies in the grants of the caller, and pages through it', async () => {
    const villager = as(await system.tokenFor({ id: 'v', name: 'v', grants: [{ role: 'VILLAGE_OFFICIAL', region: 'r-w' }] }));
    const district = as(await system.tokenFor({ id: 'd', name: 'd', grants: [{ role: 'DISTRICT_OFFICIAL', region: 'r-410308' }] }));
    const { body } = await post('/households', household('h-w', 'r-w'));
    const seen = async (headers: Record<string, string>): Promise<string[]> => {
      const ids: string[] = [];
      for (let after = '', more = true; more; ) {
        const page = await get(`/farmer/households?limit=3&after=${after}&at=${body.at}`, headers);
        ids.push(...page.body.items.map(({ id }: { id: string }) => id));
        after = page.body.next;
        more = after !== null;
      }
      return ids;
    };
    const [few, many] = [await seen(villager), await seen(district)];
    expect(few).toContain('h-w');
    expect(few).not.toContain('h-1');
    expect(many).toEqual(expect.arrayContaining(['h-1', 'h-w']));
    expect(many).not.toContain('h-race');
    expect(new Set(many).size).toBe(many.length);
  });

  test('may ask another service in the name of the caller', async () => {
    expect((await get('/farmer/slow?ms=0')).body.asked.items).toHaveLength(1);
  });

  test('refuses what its input does not allow', async () => expect((await get('/farmer/households?limit=501')).body.errors[0]).toMatchObject({ field: 'limit', rule: 'max', message: '不得大于 500' }));
});

describe('Operating', () => {
  test('a route without a policy keeps the process from starting', async () => {
    class Naked {
      peep(): string {
        return 'seen';
      }
    }
    Controller('naked')(Naked);
    Get()(Naked.prototype, 'peep', Object.getOwnPropertyDescriptor(Naked.prototype, 'peep') as PropertyDescriptor);
    const url = (system as unknown as { embedded: { url(): string } }).embedded.url();
    await expect(Process.start([{ ...village, workers: [] }], { dataDir, databaseUrl: url, port: 0, log: false }, [Naked])).rejects.toThrow('routes without a policy: Naked.peep');
  }, 30_000);

  test('health, metrics and documentation are there for everybody', async () => {
    expect((await get('/health/live', {})).body).toEqual({ status: 'up' });
    const ready = await get('/health/ready', {});
    expect([ready.status, ready.body.services.farmer.database]).toEqual([200, 'up']);
    expect(ready.body.services.farmer.views).toContainEqual(expect.objectContaining({ view: 'households', state: 'live', halted: null }));
    const metrics = String((await get('/metrics', {})).body);
    for (const name of ['commands_total', 'http_request_seconds', 'view_fold_seconds', 'view_behind_events']) expect(metrics).toContain(name);
    const docs = (await get('/docs-json', {})).body;
    expect(docs.paths['/farmer/households'].post.requestBody.content['application/json'].schema).toMatchObject({ required: ['householdId', 'villageId', 'from'], example: { householdId: 'h-1' } });
    expect(docs.paths['/farmer/households'].get.parameters.map(({ name }: { name: string }) => name)).toEqual(expect.arrayContaining(['limit', 'after', 'at']));
    expect((await get('/docs', {})).status).toBe(200);
  });

  test('a worker goes round', async () => until(async () => worked.length > 1));

  test('a poison event turns health red, and an operator lets the view go on, with a reason', async () => {
    const operator = as(system.tokens.operator ?? '');
    await post('/households', household('h-poison'));
    await post('/households/h-poison/moves', { villageId: 'r-w', from: '2022-09-01' });
    await until(async () => (await get('/health/ready', {})).status === 503);
    const { halted } = (await get('/farmer/operate/views', operator)).body.items.find(({ view }: { view: string }) => view === 'households');
    expect((await post('/operate/views/households/skip', { eventId: halted.eventId }, operator)).status).toBe(400);
    expect((await post('/operate/views/households/skip', { eventId: halted.eventId, reason: '测试' }, as(official))).status).toBe(403);
    expect((await post('/operate/views/households/skip', { eventId: halted.eventId, reason: '测试' }, operator)).status).toBe(200);
    await until(async () => (await get('/health/ready', {})).status === 200);
    expect((await post('/operate/views/households/rebuild', {}, operator)).status).toBe(200);
    expect((await post('/operate/views/nothing/rebuild', {}, operator)).status).toBe(404);
  });
});

describe('Stopping', () => {
  test('finishes the requests in hand, and what was acknowledged is there after the next start', async () => {
    const slow = fetch(`${system.url}/farmer/slow?ms=1500`, { headers: as(official) });
    const write = (i: number) => fetch(`${system.url}/farmer/households`, { method: 'POST', body: JSON.stringify(household(`h-stop-${i}`)), headers: { ...as(official), 'content-type': 'application/json' } });
    const writing = Promise.allSettled(Array.from({ length: 40 }, (_, i) => write(i)));
    await new Promise((resolve) => setTimeout(resolve, 500));
    await system.stop();
    expect((await slow).status).toBe(200);
    const acknowledged = (await writing).flatMap((answer, i) => (answer.status === 'fulfilled' && answer.value.status === 200 ? [`h-stop-${i}`] : []));
    expect(acknowledged.length).toBeGreaterThan(0);
    system = await run([village], { dataDir, port: 0, log: false, rateLimit: 5 });
    await until(async () => {
      const items: { id: string }[] = (await get('/farmer/households?limit=500&after=h-stop')).body.items ?? [];
      return acknowledged.every((id) => items.some((item) => item.id === id));
    });
  }, 60_000);

  test('a caller who asks too often is told to wait', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => get('/farmer/households')));
    expect(answers.find(({ status }) => status === 429)?.body).toMatchObject({ code: 'too-many' });
  });
});
