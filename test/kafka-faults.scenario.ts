import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { ServiceProcess } from '#deploy/kafka/topology.mjs';
import { Processes } from './infra/processes.js';
import { VillageLife } from './infra/village-life.js';
import { until as untilIn } from './infra/until.js';

/** As long as a broker that is replaced by hand; shorter only to try things out. */
const AWAY_MS = Number(process.env.TEST_BROKER_AWAY_MS ?? 60_000);
const COMMANDED = ['cooperative', 'enterprise', 'farmer'];
describe('Over Kafka, under load', () => {
  let world: Processes;
  let life: VillageLife;

  const until = (what: string, holds: () => boolean | Promise<boolean>): Promise<void> => untilIn(what, holds, 120_000, { every: 200, shown: () => `printed last:\n${world.printed.slice(-30).join('\n')}` });
  const ready = (process: ServiceProcess) => world.health(process).then((health) => health?.status === 'up');
  const relays = (process: ServiceProcess, state: string) => until(`the relay of ${process.name} is ${state}`, async () => (await world.relayOf(process)) === state);
  const flows = async (): Promise<void> => {
    const before = life.tally.bound;
    await until('households are bound again', () => life.tally.bound > before + 3);
  };
  /** −9, and started again a moment later. */
  const crash = async (name: string): Promise<void> => {
    const service = world.service(name);
    await service.kill();
    await pause(1000);
    await service.start();
    await until(`${name} is ready again`, () => ready(service));
  };
  const databaseOf = (name: string): string => Object.assign(new URL(world.server.url), { pathname: `/${new URL(world.server.url).pathname.slice(1)}_${name}` }).toString();
  /** Whose session holds the lock that makes a relay the active one. */
  const holderOf = async (name: string, act = 'pid'): Promise<number | undefined> => {
    const client = new pg.Client({ connectionString: databaseOf(name) });
    await client.connect();
    const { rows } = await client.query<{ pid: number }>(
      `select pid, ${act} from pg_locks where locktype = 'advisory' and objsubid = 1 and granted
       and database = (select oid from pg_database where datname = current_database())
       and (classid::bigint << 32 | objid::bigint) = hashtextextended($1, 11)`, [`relay.${name}.events.v1`]);
    await client.end();
    return rows[0]?.pid;
  };
  const figures = async (): Promise<Record<string, number>> => {
    const names = ['households', 'registered-persons', 'households-reached', 'farmers-reached', 'base-area', 'sown-area', 'cooperatives', 'enterprises', 'conflict-area'];
    const values = await Promise.all(names.map(async (name) => ((await world.client.query('projection', `/figures/${name}?region=410308&asOf=2022-07-18`)) as { value: number }).value));
    return Object.fromEntries(names.map((name, i) => [name, values[i] ?? NaN]));
  };
  const acknowledged = (): Record<string, number> => {
    const { households, persons, bound, personsBound, claimed, sown, cooperatives, enterprises } = life.tally;
    return { households, 'registered-persons': persons, 'households-reached': bound, 'farmers-reached': personsBound, 'base-area': claimed, 'sown-area': sown, cooperatives, enterprises, 'conflict-area': 0 };
  };

  beforeAll(async () => {
    world = await Processes.start();
    life = new VillageLife(world.client);
    await life.prepare();
    life.start({ households: 8, binders: 6 });
    await flows();
  }, 180_000);
  afterAll(async () => {
    await life?.stop().catch(() => undefined);
    await world?.stop();
  }, 180_000);

  test('commands go on while the broker is away, and of a service that crashes meanwhile', async () => {
    const from = Date.now();
    await world.kafka.kill(0);
    await pause(AWAY_MS / 3);
    for (const name of ['cooperative', 'farmer']) {
      const service = world.service(name);
      await service.kill();
      await service.start();
    }
    const restarted = Date.now();
    await until('commands are acknowledged again', () => COMMANDED.every((name) => world.client.between(restarted, Date.now())[name]));
    await pause(Math.max(0, AWAY_MS - (Date.now() - from)));
    const meanwhile = world.client.between(from, Date.now());
    process.stderr.write(`the broker was away for ${Math.round((Date.now() - from) / 1000)} s; acknowledged meanwhile: ${JSON.stringify(meanwhile)}\n`);
    expect(Object.keys(meanwhile).sort()).toEqual(COMMANDED);
    await world.kafka.start(0);
    await flows();
  }, 300_000);

  test('each service is killed in turn', async () => {
    for (const name of world.names) await crash(name);
    await flows();
  }, 400_000);

  test('each relay alone loses its place, and takes it again', async () => {
    for (const name of world.names) {
      const holder = await holderOf(name, 'pg_terminate_backend(pid)');
      expect([name, holder]).toEqual([name, expect.any(Number)]);
      await until(`the relay of ${name} holds its place again`, async () => ![undefined, holder].includes(await holderOf(name)));
      await relays(world.service(name), 'active');
    }
    await flows();
  }, 200_000);

  test('of two processes of a service the second takes over when the first is killed', async () => {
    for (const name of ['farmer', 'projection']) {
      const [first, second] = [world.service(name), await world.another(name)];
      await relays(second, 'standby');
      await first.kill();
      await relays(second, 'active');
      await first.start();
      await relays(first, 'standby');
    }
    await flows();
  }, 300_000);

  test('every acknowledged command is in the figures exactly once', async () => {
    await life.stop();
    expect(await figures()).toEqual(acknowledged());
    process.stderr.write(`${world.client.acknowledged.length} commands acknowledged, given again: ${JSON.stringify(Object.fromEntries(world.client.repeated))}\n${JSON.stringify(life.tally)}\n`);
  }, 300_000);

  test('the lists agree, and every service is healthy with nothing left behind', async () => {
    const { households, persons, bound, cooperatives, enterprises } = life.tally;
    const totals: [string, string, number][] = [['farmer', '/households', households], ['farmer', '/persons', persons], ['farmer', '/parcels', households], ['farmer', '/plantings', bound], ['cooperative', '/bindings', bound], ['cooperative', '/claims', bound], ['cooperative', '/cooperatives', cooperatives], ['enterprise', '/enterprises', enterprises]];
    const told = await Promise.all(totals.map(async ([service, path]) => [service, path, ((await world.client.query(service, `${path}?limit=1`)) as { total: number }).total]));
    expect(told).toEqual(totals);
    for (const name of world.names) {
      await until(`${name} has nothing left behind`, async () => {
        const health = (await world.health(world.service(name)))?.services[name];
        return health?.relay?.behind === 0 && health.views.every(({ behind, halted }) => behind === 0 && halted === null);
      });
      expect([name, await ready(world.service(name))]).toEqual([name, true]);
    }
  }, 120_000);

  test('a rebuild gives the same figures', async () => {
    const before = await figures();
    const one = world.service('projection');
    await world.client.order('projection', '/operate/views/figures/rebuild', 'operator');
    await until('the rebuilt view is live', async () => (await world.health(one))?.services.projection?.views.some(({ view, state, generation }) => view === 'figures' && state === 'live' && generation > 1) ?? false);
    expect(await figures()).toEqual(before);
  }, 200_000);
});
