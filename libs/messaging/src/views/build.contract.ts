import type { View } from '#decider';
import type { Tx } from '#postgres';
import { Feeds, names, type Origin } from '../../../../test/infra/feeds.js';
import { until } from '../../../../test/infra/until.js';
import { faults, tallied, tally } from '../../../../test/infra/tally.js';

const patience = 60_000;

/** A tally that is built at once: events are heaped up as they come, and what happened is seen from the heap. */
const buildable = (service: string, complete: (tx: Tx) => Promise<void> = () => Promise.resolve()): View<Tx> => {
  const view = tally([service]);
  return {
    ...view,
    build: {
      tables: (schema) => `create table ${schema}.heap (service text, lane int, position bigint, data json); ${view.tables(schema)}`,
      collect: async ({ events }, { db, schema }) => {
        await db.copy(`${schema}.heap`, ['service', 'lane', 'position', 'data'], events.map(({ lane, position, data }) => [service, lane, position, data]));
      },
      complete: async ({ db, schema }) => {
        await complete(db);
        await db.query(`insert into ${schema}.seen (service, lane, position, times, data) select service, lane, position, 1, data from ${schema}.heap order by lane, position`);
        await db.query(`create table ${schema}.made_at_once ()`);
      },
    },
  };
};

describe('A view that can be built at once', () => {
  let feeds: Feeds;
  let origin: Origin;
  beforeAll(async () => {
    feeds = await Feeds.open('local');
    origin = await feeds.origin();
    await origin.write(names(50));
  }, 120_000);
  afterAll(() => feeds.close(), 60_000);

  type Host = Awaited<ReturnType<Feeds['host']>>;
  const right = async (host: Host) => {
    const at = (await origin.heads()).map((position, lane) => ({ service: origin.service, lane, position }));
    expect(await host.reached('tally', at, patience)).toBe(true);
    expect(faults(await tallied(host), { [origin.service]: await origin.heads() })).toEqual([]);
  };
  const madeAtOnce = async (host: Host) => (await host.database.query('select 1 from pg_tables where schemaname = $1 and tablename = $2', [host.schemaOf('tally'), 'made_at_once'])).rowCount === 1;

  test('is folded at first, and collected when it is built anew: under load, nothing is missed or doubled', async () => {
    const host = await feeds.host([buildable(origin.service)]);
    await right(host);
    expect(await madeAtOnce(host)).toBe(false);
    let writing = true;
    const load = (async () => {
      while (writing) await origin.write(names(5));
    })();
    await host.rebuild('tally');
    await until('the rebuilt one is live', () => host.schemaOf('tally') === 'view_tally_g2', patience);
    writing = false;
    await load;
    await right(host);
    expect(await madeAtOnce(host)).toBe(true);
  }, 120_000);

  test('goes on collecting after its process went away, and is completed by the next', async () => {
    let stuck = true;
    const blocking = () => (stuck ? Promise.reject(Object.assign(new Error('the server is stopping'), { code: '57P01' })) : Promise.resolve());
    const first = await feeds.host([buildable(origin.service, blocking)]);
    await first.rebuild('tally');
    const collected = async () => (await first.database.query<{ n: number }>('select count(*) n from view_tally_g2.heap')).rows[0]?.n ?? 0;
    await until('all is collected', async () => (await collected()) === (await origin.heads()).reduce((sum, head) => sum + head, 0), patience);
    await first.feed.close();
    await first.close();
    stuck = false;
    await origin.write(names(20));
    const next = await feeds.host([buildable(origin.service, blocking)], { url: first.url });
    await origin.write(names(1));
    await until('the next has completed it', () => next.schemaOf('tally') === 'view_tally_g2', patience);
    await right(next);
    expect(await madeAtOnce(next)).toBe(true);
  }, 120_000);

  test('is folded from the start when it cannot be made of what was collected', async () => {
    const host = await feeds.host([buildable(origin.service, () => Promise.reject(new Error('one of them is poison')))]);
    await host.rebuild('tally');
    await until('another generation was folded', () => host.schemaOf('tally') === 'view_tally_g3', patience);
    await right(host);
    expect(await madeAtOnce(host)).toBe(false);
  }, 120_000);
});
