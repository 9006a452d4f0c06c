import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../../../test/infra/until.js';
import { as, household, VillageTrial } from '../../../test/village-trial.js';

const trial = new VillageTrial();
const { post, get } = { post: trial.post.bind(trial), get: trial.get.bind(trial) };
const key = (id: string): Record<string, string> => as(trial.official, { 'idempotency-key': id });

beforeAll(async () => {
  await trial.open();
  await trial.settle();
}, 120_000);
afterAll(() => trial.close(), 60_000);

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
    await pause(200);
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
    const answer = await post('/households', household('h-trace'), as(trial.official, { traceparent: `00-${trace}-00f067aa0ba902b7-01`, 'x-on-behalf-of': 'farmer-7', 'x-source': 'IMPORT' }));
    expect(answer.headers.traceparent).toContain(trace);
    const [, lane, position] = answer.body.at[0].split(':').map(Number);
    const runtime = (trial.system as unknown as { runtimes: { store: { read(lane: number, after: number, limit: number): Promise<{ origin: object }[]> } }[] }).runtimes[0];
    const [event] = (await runtime?.store.read(lane, position - 1, 1)) ?? [];
    expect(event?.origin).toMatchObject({ actor: 'o', onBehalfOf: 'farmer-7', source: 'IMPORT', correlationId: trace, traceparent: expect.stringContaining(trace) });
  });

  test('given by an automation follows its event, once', async () => {
    await post('/households', household('h-back'));
    await post('/households/h-back/moves', { villageId: 'r-back', from: '2022-09-01' });
    await until('the household is listed', async () => (await get('/farmer/households?limit=500')).body.items.some((row: { id: string; village: string }) => row.id === 'h-back' && row.village === 'r-v'));
  });
});

describe('A failure', () => {
  test('400 tells the reason of every field, in Chinese unless English is asked for', async () => {
    const zh = await post('/households', { householdId: '', villageId: 7, from: '2022-02-30', surplus: 1 });
    expect(zh.status).toBe(400);
    expect(zh.headers['content-type']).toContain('application/problem+json');
    expect(new Set(zh.body.errors.map(({ field }: { field: string }) => field))).toEqual(new Set(['householdId', 'villageId', 'from', 'surplus']));
    expect(zh.body).toMatchObject({ title: '输入有误', titleEn: 'The input is not well formed' });
    const en = await post('/households', {}, as(trial.official, { 'accept-language': 'en-GB,zh;q=0.5' }));
    expect(en.body.title).toBe('The input is not well formed');
  });

  test('400 for a key that is no UUID, for JSON that is none, and for a list instead of an object', async () => {
    expect((await post('/households', household('h-x'), key('not-a-uuid'))).status).toBe(400);
    expect((await post('/households', [])).status).toBe(400);
    const broken = await fetch(`${trial.system.url}/farmer/households`, { method: 'POST', body: '{', headers: { ...as(trial.official), 'content-type': 'application/json' } });
    expect([broken.status, broken.headers.get('content-type')]).toEqual([400, expect.stringContaining('problem+json')]);
  });

  test('401 without a token, and with a forged one', async () => {
    expect((await get('/farmer/households', {})).body).toMatchObject({ status: 401, code: 'unauthenticated' });
    expect((await get('/farmer/households', as(`${trial.official}x`))).status).toBe(401);
  });

  test('403 without the role, and outside the granted region', async () => {
    const analyst = await trial.system.tokenFor({ id: 'a', name: 'a', grants: [{ role: 'ANALYST' }] });
    const villager = await trial.system.tokenFor({ id: 'v', name: 'v', grants: [{ role: 'VILLAGE_OFFICIAL', region: 'r-w' }] });
    expect((await post('/households', household('h-no'), as(analyst))).body).toMatchObject({ status: 403, code: 'forbidden' });
    expect((await post('/households', household('h-no'), as(villager))).status).toBe(403);
    expect((await post('/households', household('h-yes', 'r-w'), as(villager))).status).toBe(200);
  });

  test('404 for a path that does not exist', async () => expect((await get('/farmer/nowhere')).body).toMatchObject({ status: 404, code: 'not-found' }));
  test('409 carries the code of the rule and its text', async () => {
    expect((await post('/households', household('h-1'))).body).toMatchObject({ status: 409, code: 'already-registered', detail: '农户已登记于 r-v', detailEn: 'registered already in r-v' });
  });
  test('413 for a body that is too large', async () => expect((await post('/households', { ...household('h-big'), note: 'x'.repeat(5_000_000) })).status).toBe(413));
  test('415 for what is not JSON', async () => expect((await post('/households', 'a=1', as(trial.official, { 'content-type': 'text/plain-not' }))).status).toBe(415));

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
    const villager = as(await trial.system.tokenFor({ id: 'v', name: 'v', grants: [{ role: 'VILLAGE_OFFICIAL', region: 'r-w' }] }));
    const district = as(await trial.system.tokenFor({ id: 'd', name: 'd', grants: [{ role: 'DISTRICT_OFFICIAL', region: 'r-410308' }] }));
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
