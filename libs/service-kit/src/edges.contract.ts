import { connect } from 'node:net';
import { as, household, VillageTrial } from '../../../test/village-trial.js';

const trial = new VillageTrial();
const say = (method: string, path: string, init: RequestInit = {}): Promise<Response> => fetch(`${trial.system.url}${path}`, { method, ...init, headers: { ...as(trial.official), ...(init.headers as Record<string, string>) } });
const json = { 'content-type': 'application/json' };
const problem = async (answer: Response): Promise<[number, string, string]> => {
  const body = (await answer.json()) as { code: string; errors?: { rule: string }[] };
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  return [answer.status, body.code, body.errors?.[0]?.rule ?? ''];
};

/** What a socket is told that speaks no HTTP, or too much of it. */
const spoken = (text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const { port } = new URL(trial.system.url);
    let heard = '';
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(text));
    socket.on('data', (data) => (heard += String(data))).on('close', () => resolve(heard)).on('error', reject);
  });

beforeAll(async () => {
  await trial.open();
  await trial.settle();
}, 120_000);
afterAll(() => trial.close(), 60_000);

describe('At the edge of HTTP', () => {
  test('another method on a known path is told which ones there are', async () => {
    const answer = await say('DELETE', '/farmer/households');
    expect(answer.headers.get('allow')).toBe('GET, HEAD, OPTIONS, POST');
    expect(await problem(answer)).toEqual([405, 'method-not-allowed', '']);
    expect(await problem(await say('PUT', '/farmer/households/h-1/moves', { body: '{}', headers: json }))).toEqual([405, 'method-not-allowed', '']);
    expect(await problem(await say('DELETE', '/farmer/nowhere'))).toEqual([404, 'not-found', '']);
  });

  test('OPTIONS tells the methods, HEAD what GET would answer', async () => {
    const options = await say('OPTIONS', '/farmer/households');
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS, POST']);
    expect((await say('OPTIONS', '/farmer/nowhere')).status).toBe(404);
    const head = await say('HEAD', '/farmer/households');
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect((await say('HEAD', '/nowhere')).status).toBe(404);
  });

  test.each([['{"name":"张三",'], ['{"__proto__":{"a":1}}'], ['nonsense']])('the body %s is no JSON, and is not repeated', async (body) => {
    const answer = await say('POST', '/farmer/households', { body, headers: json });
    expect(JSON.stringify(await answer.clone().json())).not.toContain('张三');
    expect(await problem(answer)).toEqual([400, 'malformed', 'isJson']);
  });

  test('an empty body is an input without fields', async () => {
    const answer = await say('POST', '/farmer/households', { headers: json });
    expect(((await answer.json()) as { errors: { field: string }[] }).errors.map(({ field }) => field)).toEqual(expect.arrayContaining(['householdId', 'villageId', 'from']));
  });

  test.each([['text/plain'], ['application/x-www-form-urlencoded'], ['application/xml']])('%s is not taken', async (type) =>
    expect(await problem(await say('POST', '/farmer/households', { body: 'householdId=h-1', headers: { 'content-type': type } }))).toEqual([415, 'unsupported', '']));

  test('an address that cannot be read, a header that never ends and what is no HTTP are problems too', async () => {
    const answer = await say('GET', '/farmer/%E0%A4%A?name=张三');
    expect(await problem(answer)).toEqual([400, 'malformed', 'isHttp']);
    const long = await spoken(`GET /health/live HTTP/1.1\r\nhost: a\r\nx-a: ${'a'.repeat(40_000)}\r\n\r\n`);
    expect(long).toMatch(/^HTTP\/1\.1 431 [^]*application\/problem\+json[^]*headers-too-large/);
    expect(await spoken('张三\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 [^]*application\/problem\+json/);
  });

  test.each([['\u0000', 'a NUL'], ['\ud800', 'half a character'], ['\u001b', 'a control character']])('a text that cannot be kept is refused before it becomes an event (%#)', async (broken) => {
    const body = JSON.stringify({ regionId: 'r-broken', name: `孟${broken}津` });
    expect(await problem(await say('POST', '/farmer/regions', { body, headers: json }))).toEqual([400, 'malformed', 'isWellFormed']);
    expect(await problem(await say('GET', `/farmer/households?after=${encodeURIComponent(broken.toWellFormed() === broken ? broken : '\u0000')}`))).toEqual([400, 'malformed', 'isWellFormed']);
  });

  test('rare characters of names pass', async () => expect((await trial.post('/regions', { regionId: 'r-rare', name: '𠮷𡋤·买买提村', parentId: 'r-410308' })).status).toBe(200));

  test('no answer is kept on the way, and every one carries its trace', async () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const { headers } = await say('GET', '/farmer/households', { headers: { traceparent } });
    expect([headers.get('cache-control'), headers.get('x-content-type-options'), headers.get('traceparent')?.slice(3, 35)]).toEqual(['no-store', 'nosniff', traceparent.slice(3, 35)]);
  });
});

describe('An operator sees', () => {
  test('appends by outcome, events, sizes of groups, and how far each view is behind in each lane', async () => {
    await trial.post('/households', household('h-m'));
    await trial.post('/households', household('h-m'), as(trial.official, { 'idempotency-key': '8f7b1c1e-0000-4000-8000-00000000000a' }));
    const metrics = String((await trial.get('/metrics', {})).body);
    const value = (line: RegExp): number => Number(line.exec(metrics)?.[1] ?? Number.NaN);
    expect(value(/^append_seconds_count\{service="farmer",outcome="appended"\} (\d+)/m)).toBeGreaterThan(4);
    expect(value(/^events_appended_total\{service="farmer"\} (\d+)/m)).toBe(value(/^append_seconds_count\{service="farmer",outcome="appended"\} (\d+)/m));
    expect(value(/^append_group_commands_count\{service="farmer"\} (\d+)/m)).toBeGreaterThan(0);
    expect(value(/^commands_total\{service="farmer",command="register-household",outcome="refused"\} (\d+)/m)).toBe(1);
    expect(value(/^http_request_seconds_count\{method="POST",route="\/farmer\/households",status="409"\} (\d+)/m)).toBe(1);
    for (const view of ['households', 'region_tree']) {
      expect(value(new RegExp(`^view_lag_seconds\\{service="farmer",view="${view}"\\} ([\\d.]+)`, 'm'))).toBeGreaterThanOrEqual(0);
      for (const lane of [0, 1, 2, 3]) expect(value(new RegExp(`^feed_lane_behind_events\\{service="farmer",view="${view}",from="farmer",lane="${lane}"\\} (\\d+)`, 'm'))).toBeGreaterThanOrEqual(0);
    }
    expect(value(/^view_halted\{service="farmer",view="households"\} (\d)/m)).toBe(0);
    expect(value(/^worker_failing\{service="farmer",worker="note-that-it-works"\} (\d)/m)).toBe(0);
    expect(metrics).not.toMatch(/h-m|r-v/);
  });
});
