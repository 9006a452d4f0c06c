import { setTimeout as pause } from 'node:timers/promises';
import { Controller, Get } from '@nestjs/common';
import { Process } from './process.js';
import { until } from '../../../test/infra/until.js';
import { as, household, VillageTrial } from '../../../test/village-trial.js';
import { village, worked } from '../../../test/village-service.js';

const trial = new VillageTrial();
const { post, get } = { post: trial.post.bind(trial), get: trial.get.bind(trial) };

beforeAll(async () => {
  await trial.open();
  await trial.settle();
}, 120_000);
afterAll(() => trial.close(), 60_000);

describe('Operating', () => {
  test('a route without a policy keeps the process from starting', async () => {
    class Naked {
      peep(): string {
        return 'seen';
      }
    }
    Controller('naked')(Naked);
    Get()(Naked.prototype, 'peep', Object.getOwnPropertyDescriptor(Naked.prototype, 'peep') as PropertyDescriptor);
    const url = (trial.system as unknown as { embedded: { url(): string } }).embedded.url();
    await expect(Process.start([{ ...village, workers: [] }], { dataDir: trial.system.dataDir, databaseUrl: url, port: 0, log: false }, [Naked])).rejects.toThrow('routes without a policy: Naked.peep');
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

  test('a worker goes round', async () => until('it worked twice', () => worked.length > 1));

  test('a poison event turns health red, and an operator lets the view go on, with a reason', async () => {
    const operator = as(trial.system.tokens.operator);
    const retried = await post('/operate/views/households/retry', {}, operator);
    expect([retried.status, retried.body]).toEqual([409, expect.objectContaining({ code: 'cannot-retry', detailEn: expect.stringMatching(/If several run farmer, ask the one .+health\/ready/) })]);
    await post('/households', household('h-poison'));
    await post('/households/h-poison/moves', { villageId: 'r-w', from: '2022-09-01' });
    await until('it is not ready', async () => (await get('/health/ready', {})).status === 503);
    const { halted } = (await get('/farmer/operate/views', operator)).body.items.find(({ view }: { view: string }) => view === 'households');
    expect((await post('/operate/views/households/skip', { eventId: halted.eventId }, operator)).status).toBe(400);
    expect((await post('/operate/views/households/skip', { eventId: halted.eventId, reason: '测试' }, as(trial.official))).status).toBe(403);
    expect((await post('/operate/views/households/skip', { eventId: 'farmer:0:1', reason: '测试' }, operator)).body).toMatchObject({ code: 'cannot-skip', detailEn: `households stands at ${halted.eventId}: check the eventId.` });
    expect((await post('/operate/views/households/skip', { eventId: halted.eventId, reason: '测试' }, operator)).status).toBe(200);
    await until('it is ready', async () => (await get('/health/ready', {})).status === 200);
    expect((await post('/operate/views/households/rebuild', {}, operator)).status).toBe(200);
    expect((await post('/operate/views/nothing/rebuild', {}, operator)).status).toBe(404);
  });
});

describe('Stopping', () => {
  test('finishes the requests in hand, and what was acknowledged is there after the next start', async () => {
    const slow = fetch(`${trial.system.url}/farmer/slow?ms=1500`, { headers: as(trial.official) });
    const write = (i: number) => fetch(`${trial.system.url}/farmer/households`, { method: 'POST', body: JSON.stringify(household(`h-stop-${i}`)), headers: { ...as(trial.official), 'content-type': 'application/json' } });
    const writing = Promise.allSettled(Array.from({ length: 40 }, (_, i) => write(i)));
    await pause(500);
    await trial.system.stop();
    expect((await slow).status).toBe(200);
    const acknowledged = (await writing).flatMap((answer, i) => (answer.status === 'fulfilled' && answer.value.status === 200 ? [`h-stop-${i}`] : []));
    expect(acknowledged.length).toBeGreaterThan(0);
    await trial.open({ rateLimit: 5 });
    await until('what was acknowledged is there', async () => {
      const items: { id: string }[] = (await get('/farmer/households?limit=500&after=h-stop')).body.items ?? [];
      return acknowledged.every((id) => items.some((item) => item.id === id));
    });
  }, 60_000);

  test('a caller who asks too often is told to wait', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => get('/farmer/households')));
    expect(answers.find(({ status }) => status === 429)?.body).toMatchObject({ code: 'too-many' });
  });
});
