import { setTimeout as pause } from 'node:timers/promises';
import { openDatabase, type Database } from '#postgres';
import { testServer, type TestServer } from '../../../test/infra/postgres.js';
import { Frontiers } from './frontiers.js';
import { type EventStore, type Frontier, openEventStore } from './index.js';
import { Evidence } from './torture/evidence.js';
import { erratic, Writer, writing } from './torture/writers.js';

const LANES = 2;

describe('Recorded time', () => {
  let server: TestServer;
  let url: string;
  let database: Database;
  beforeAll(async () => {
    server = await testServer();
  }, 60_000);
  beforeEach(async () => {
    url = await server.database();
    database = openDatabase(url);
  });
  afterEach(() => database.close());
  afterAll(() => server.stop());

  const open = (now: () => number, lanes = LANES): Promise<EventStore> => openEventStore({ database, service: 's', lanes, clock: { now } });
  const wide = (expected: number) => writing(...Array.from({ length: 8 }, (_, i) => ({ key: `wide-${i}`, expected, events: 1 })));

  test('is that of the clock it is given', async () => {
    const store = await open(() => 1_658_102_400_123);
    expect(await store.append(writing({ key: 'a', expected: 0, events: 2 }))).toMatchObject({ recordedAt: 1_658_102_400_123 });
    await store.close();
  });

  test('does not run backwards when the clock is set back, over a restart and over several lanes too', async () => {
    const before = await open(() => 2_000_000);
    await before.append(wide(0));
    await before.close();
    const after = await open(() => 1_000_000);
    expect(await after.append(writing({ key: 'wide-0', expected: 1, events: 1 }))).toMatchObject({ recordedAt: 2_000_000 });
    const all = await after.append({ ...wide(1), streams: wide(1).streams.slice(1) });
    expect(all).toMatchObject({ status: 'appended', recordedAt: 2_000_000 });
    expect('streams' in all && new Set(all.streams.map((stream) => stream.lane)).size).toBe(LANES);
    await after.close();
  });

  test('of a command over several lanes is the latest of them, for all its events', async () => {
    let now = 1_000_000;
    const store = await open(() => now);
    const answer = await store.append(wide(0));
    const keyIn = (lane: number): string => ('streams' in answer && answer.streams.find((stream) => stream.lane === lane)?.key) || '';
    now = 5_000_000;
    await store.append(writing({ key: keyIn(1), expected: 1, events: 1 }));
    now = 2_000_000;
    const both = await store.append(writing({ key: keyIn(0), expected: 1, events: 1 }, { key: keyIn(1), expected: 2, events: 1 }));
    expect(both).toMatchObject({ recordedAt: 5_000_000 });
    const events = [...(await store.load([keyIn(0), keyIn(1)])).values()].map((stream) => stream.at(-1)?.recordedAt);
    expect(events).toEqual([5_000_000, 5_000_000]);
    await store.close();
  });

  test('in the very millisecond of a frontier is not before it, and a frontier is not before the last event', async () => {
    let now = 1_000_000;
    const store = await open(() => now, 1);
    await store.append(writing({ key: 'a', expected: 0, events: 1 }));
    now = 900_000;
    expect(await new Frontiers(database, { now: () => now }).all()).toEqual([{ lane: 0, position: 1, completeTo: 1_000_000 }]);
    now = 1_500_000;
    expect(await new Frontiers(database, { now: () => now }).all()).toEqual([{ lane: 0, position: 1, completeTo: 1_500_000 }]);
    expect(await store.append(writing({ key: 'a', expected: 1, events: 1 }))).toMatchObject({ recordedAt: 1_500_000 });
    now = 1_499_999;
    expect(await store.append(writing({ key: 'a', expected: 2, events: 1 }))).toMatchObject({ recordedAt: 1_500_000 });
    await store.close();
  });

  test('of an idle lane is written once a second at most, however often it is asked for', async () => {
    let now = 1_000_000;
    const store = await open(() => (now += 1));
    const begun = performance.now();
    const written = new Set<number>();
    for (let i = 0; i < 100; i += 1) {
      await store.frontiers();
      for (const { at } of (await database.query<{ at: number }>('select complete_to at from es.frontiers where lane = 0')).rows) written.add(at);
    }
    expect(written.size).toBeGreaterThan(0);
    expect(written.size).toBeLessThanOrEqual(1 + Math.floor((performance.now() - begun) / 1000));
    await store.close();
  });

  test('is not promised by a frontier while an append holds the lane', async () => {
    const store = await open(() => 1_000_000, 1);
    const told = () => new Frontiers(database, { now: () => 2_000_000 }).all();
    const meanwhile = await database.transaction(async (tx) => {
      await tx.query('select pg_advisory_xact_lock(7361, 0)');
      return told();
    });
    expect(meanwhile).toEqual([{ lane: 0, position: 0, completeTo: 0 }]);
    expect(await told()).toEqual([{ lane: 0, position: 0, completeTo: 2_000_000 }]);
    await store.close();
  });

  /** A frontier that a reader was told, and every event that came to light, whenever. */
  const broken = (told: readonly Frontier[], { seen }: Evidence): Frontier[] =>
    told.filter(({ lane, position, completeTo }) => seen.some((event) => event.lane === lane && (event.position > position ? event.recordedAt < completeTo : event.recordedAt > completeTo)));

  test('keeps what every frontier told: nothing after its position is earlier, nothing up to it later, though clocks are wrong and appends race with it', async () => {
    const databases = [1, 2, 3].map(() => openDatabase(url));
    const stores = await Promise.all(databases.map((own) => openEventStore({ database: own, service: 's', lanes: LANES, clock: erratic() })));
    const evidence = new Evidence();
    const until = Date.now() + 5000;
    const over = () => Date.now() >= until;
    let finished = false;
    const tails = Array.from({ length: LANES }, (_, lane) => evidence.follow(stores[0] as EventStore, lane, () => finished));
    const told: Frontier[] = [];
    // Advanced anew each time, not once a second: every one races with the appends.
    const telling = async () => {
      while (!over()) {
        told.push(...(await new Frontiers(database, erratic()).all()));
        await pause(5);
      }
    };
    await Promise.all([telling(), telling(), ...stores.flatMap((store) => [1, 2, 3, 4].map(() => new Writer(store, evidence).work(over)))]);
    finished = true;
    await Promise.all(tails);
    expect(evidence.verdict()).toMatchObject({ missing: 0, backwards: 0, several: 0, gaps: 0 });
    expect(evidence.seen.length).toBeGreaterThan(500);
    expect(told.length).toBeGreaterThan(100);
    expect(broken(told, evidence)).toEqual([]);
    for (const store of stores) await store.close();
    for (const own of databases) await own.close();
  }, 120_000);
});
