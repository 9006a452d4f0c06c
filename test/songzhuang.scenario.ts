import { addressOf, EXPECTED } from '../apps/platform/src/sample/expected.js';
import { songzhuangStory } from '../apps/platform/src/sample/story.js';
import { DrivenClock, tell } from '../apps/platform/src/sample/load.js';
import { songzhuangVillages } from '../apps/platform/src/sample/villages.js';
import { startWorld, type Topology, type World } from './topologies.js';

const villages = songzhuangVillages();
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));


describe.each<Topology>(['embedded', 'kafka'])('The 送庄镇 set, %s', (topology) => {
  const clock = new DrivenClock();
  let world: World;
  let heads: string[] = [];

  const request = (method: 'GET' | 'POST', url: string, more: { as?: string; payload?: object } = {}) => {
    const door = world.door(url.split('/')[1] ?? '');
    return door.inject({ method, url: encodeURI(url), headers: { authorization: `Bearer ${door.tokens[more.as ?? 'administrator']}` }, payload: more.payload });
  };
  /** A question that sees all that was told. */
  const ask = async (url: string) => {
    const at = heads.map((head) => `&at=${head}`).join('');
    for (let tries = 1; ; tries += 1) {
      const answer = await request('GET', `${url}${url.includes('?') ? '' : '?'}${at}`, { as: 'district-official' });
      if (answer.status === 200) return answer.body as Record<string, unknown>;
      // 503: not read yet; not-known-yet: the frontier of an idle lane moves once a second.
      const soon = answer.status === 503 || (answer.body as { code?: string }).code === 'not-known-yet';
      if (!soon || tries > 60) throw new Error(`${url}: ${answer.status} ${JSON.stringify(answer.body)}`);
      await pause(250);
    }
  };
  const command = async (url: string, payload: object) => {
    const answer = await request('POST', url, { payload });
    expect([answer.status, answer.body]).toEqual([expect.any(Number), expect.objectContaining({ at: expect.anything() })]);
    heads = [...heads, ...(answer.body as { at: string[] }).at];
  };
  const valueOf = async (url: string) => (await ask(url)).value;
  const everyFigure = async () => Object.fromEntries(await Promise.all(EXPECTED.map(async ({ label, ask: question }) => {
    const answer = await ask(addressOf(question));
    return [label.zh, answer.percent ?? answer.value] as const;
  })));
  const expected = Object.fromEntries(EXPECTED.map(({ label, value }) => [label.zh, value]));

  beforeAll(async () => {
    world = await startWorld(topology, clock);
    heads = await tell(songzhuangStory(), clock, (service) => world.door(service));
  }, 400_000);
  afterAll(() => world?.stop(), 60_000);

  test('gives the whole expected column', async () => expect(await everyFigure()).toEqual(expected), 120_000);

  test('counts areas, households and persons by village', async () => {
    const of = (figure: string) => Promise.all(villages.map(({ code }) => valueOf(addressOf(`figures/${figure}`, code))));
    expect(await of('base-area')).toEqual(villages.map(({ area }) => area));
    expect(await of('households-reached')).toEqual(villages.map(({ reached }) => reached));
    expect(await of('farmers-reached')).toEqual(villages.map(({ persons }) => persons));
  });

  test('has 272 units as of 2022-07-20 and 270 as of 2022-10-31', async () => {
    expect([await valueOf(addressOf('figures/villages', '410308', '2022-07-20')), await valueOf(addressOf('figures/villages', '410308', '2022-10-31'))]).toEqual([272, 270]);
  });

  test('puts the 60 parcels claimed through two cooperatives on the work list', async () => {
    const open = async () => (await request('GET', '/cooperative/conflicts?limit=1&state=OPEN', { as: 'district-official' })).body.total as number;
    // The automation follows the claims.
    for (let tries = 0; (await open()) < 60 && tries < 120; tries += 1) await pause(500);
    expect(await open()).toBe(60);
  }, 90_000);

  test('told again, changes nothing', async () => {
    const again = await tell(songzhuangStory(), clock, (service) => world.door(service));
    expect(again.sort()).toEqual([...heads].sort());
    expect(await everyFigure()).toEqual(expected);
  }, 200_000);

  test('a move in September leaves July where it was', async () => {
    clock.set('2022-10-09T09:00:00+08:00');
    await command('/farmer/households/h-103210-0300/move', { villageId: 'r-410308103204', validFrom: '2022-09-01' });
    const reached = (code: string, asOf: string) => valueOf(addressOf('figures/households-reached', code, asOf));
    expect([await reached('410308103210', '2022-07-18'), await reached('410308103204', '2022-07-18')]).toEqual([340, 250]);
    expect([await reached('410308103210', '2022-09-30'), await reached('410308103204', '2022-09-30')]).toEqual([339, 251]);
  });

  test('a correction leaves what was known before as it was', async () => {
    const known = '&knownAt=2022-10-09';
    clock.set('2022-10-11T09:00:00+08:00');
    await command('/cooperative/bindings/b-103210-0001-2/void', {});
    await command('/cooperative/bindings/b-103210-0001-1/void', {});
    const figure = addressOf('figures/households-reached', '410308103210');
    expect(await valueOf(figure)).toBe(339);
    expect(await ask(`${figure}${known}`)).toMatchObject({ value: 340, standing: 'final' });
    expect(await ask(figure)).toMatchObject({ standing: 'provisional' });
  }, 60_000);

});
