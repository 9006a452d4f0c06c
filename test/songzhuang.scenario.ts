import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, type Running } from '#service-kit';
import { ACCEPTANCE, addressOf, EXPECTED } from '../apps/platform/src/sample/expected.js';
import { DrivenClock, tell } from '../apps/platform/src/sample/load.js';
import { songzhuangStory } from '../apps/platform/src/sample/story.js';
import { songzhuangVillages } from '../apps/platform/src/sample/villages.js';
import { services } from '../apps/platform/src/services.js';
import { testServer, type TestServer } from './infra/postgres.js';

const villages = songzhuangVillages();

describe('The 送庄镇 set, embedded', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'songzhuang-'));
  const clock = new DrivenClock();
  let server: TestServer;
  let world: Running;

  const ask = async (url: string) => {
    const answer = await world.inject({ method: 'GET', url: encodeURI(url), headers: { authorization: `Bearer ${world.tokens['district-official']}` } });
    if (answer.status !== 200) throw new Error(`${url}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body as Record<string, unknown>;
  };
  /** Everything told has reached every view. */
  const settled = async () => {
    for (;;) {
      const { body } = await world.inject({ method: 'GET', url: '/health/ready' });
      const views = Object.values(body.services as Record<string, { views: { behind: number; halted: unknown }[] }>).flatMap((service) => service.views);
      const halted = views.find((view) => view.halted);
      if (halted) throw new Error(JSON.stringify(halted));
      if (views.every((view) => view.behind === 0)) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  beforeAll(async () => {
    server = await testServer();
    world = await run(services, { clock, dataDir, databaseUrl: server.url, port: 0, log: false, allowTestId: true, rateLimit: 0, patienceMs: 10_000 });
    await tell(songzhuangStory(), clock, () => world);
    await settled();
  }, 300_000);
  afterAll(async () => {
    await world?.stop();
    await server?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  test.each(EXPECTED.map((figure) => [figure.label.zh, figure] as const))('%s', async (_, { ask: question, value }) => {
    const answer = await ask(addressOf(question));
    expect(question.startsWith('rates/') ? answer.percent : answer.value).toBe(value);
  });

  test('areas by village', async () => {
    const counted = await Promise.all(villages.map(async ({ code }) => (await ask(addressOf('figures/base-area', code))).value));
    expect(counted).toEqual(villages.map(({ area }) => area));
  });

  test('households and persons by village', async () => {
    const counted = await Promise.all(villages.map(async ({ code }) => [(await ask(addressOf('figures/households-reached', code))).value, (await ask(addressOf('figures/farmers-reached', code))).value]));
    expect(counted).toEqual(villages.map(({ reached, persons }) => [reached, persons]));
  });

  test('272 units as of 2022-07-20, 270 as of 2022-10-31', async () => {
    const units = (asOf: string) => ask(addressOf('figures/villages', '410308', asOf));
    expect([(await units('2022-07-20')).value, (await units('2022-10-31')).value]).toEqual([272, 270]);
  });

  test('told again, the story changes nothing', async () => {
    const before = await ask(addressOf('figures/base-area'));
    await tell(songzhuangStory(), clock, () => world);
    await settled();
    expect((await ask(addressOf('figures/base-area'))).value).toBe(before.value);
    expect((await ask(addressOf('figures/households-reached'))).value).toBe(4000);
  }, 300_000);

  test(`the set is asked as of ${ACCEPTANCE.asOf}`, () => expect(villages).toHaveLength(17));
});
