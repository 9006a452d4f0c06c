import { setTimeout as pause } from 'node:timers/promises';
import { openDatabase, type Database } from '#postgres';
import { testServer, type TestServer } from '../../../test/infra/postgres.js';
import { type EventStore, openEventStore } from './index.js';
import { dawdling, unlocked } from './torture/append-functions.js';
import { Evidence } from './torture/evidence.js';
import { erratic, Writer, writing } from './torture/writers.js';

const LANES = 2;
const INNOCENT = { missing: 0, doubled: 0, torn: 0, gaps: 0, disorder: 0, backwards: 0, several: 0, retold: 0 };

describe('Torture', () => {
  let server: TestServer;
  let admin: Database;
  beforeAll(async () => {
    server = await testServer();
    admin = openDatabase(server.url);
  }, 60_000);
  afterAll(async () => {
    await admin.close();
    await server.stop();
  });

  /** Three writers' stores, each with connections and a wrong clock of its own, as three processes on the same lanes would have. */
  const torture = async (seconds: number, disturb: (url: string, over: () => boolean) => Promise<void>) => {
    const url = await server.database();
    const databases = [1, 2, 3].map(() => openDatabase(url, { name: 'writer' }));
    const stores: EventStore[] = [];
    for (const database of databases) stores.push(await openEventStore({ database, service: 'torture', lanes: LANES, clock: erratic() }));
    const evidence = new Evidence();
    let finished = false;
    const until = Date.now() + seconds * 1000;
    const over = () => Date.now() >= until;
    const disturbed = disturb(url, over);
    const tails = Array.from({ length: LANES }, (_, lane) => evidence.follow(stores[0] as EventStore, lane, () => finished));
    await Promise.all(Array.from({ length: 24 }, (_, i) => new Writer(stores[i % 3] as EventStore, evidence).work(over)));
    await disturbed;
    finished = true;
    await Promise.all(tails);
    for (const store of stores) await store.close();
    for (const database of databases) await database.close();
    return evidence;
  };

  const killing = async (over: () => boolean) => {
    let killed = 0;
    while (!over()) {
      await pause(100);
      killed += (await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'writer' order by random() limit 1`).catch(() => ({ rowCount: 0 }))).rowCount ?? 0;
    }
    return killed;
  };
  /** Only a server of our own can be stopped: one that was given serves others too. */
  const crashing = async (times: number) => {
    for (let i = 0; i < times && server.crash; i += 1) {
      await pause(3500);
      await server.crash();
    }
  };

  test('no command is lost, doubled, torn or out of order while connections are killed, the server stops at once twice, and clocks run wrong', async () => {
    let killed = 0;
    const evidence = await torture(14, async (_, over) => {
      [killed] = await Promise.all([killing(over), crashing(2)]);
    });
    expect(evidence.verdict()).toEqual(INNOCENT);
    expect(evidence.acknowledged.size).toBeGreaterThan(500);
    expect(killed).toBeGreaterThan(20);
  }, 120_000);

  test('without the lane lock a reader loses events: the torture sees it', async () => {
    const evidence = await torture(4, async (url) => {
      const database = openDatabase(url);
      await database.query(unlocked());
      await database.close();
    });
    expect(evidence.verdict().missing).toBeGreaterThan(0);
  }, 120_000);
});

describe('A slow transaction', () => {
  /** Rounds of a wide command that takes its positions first and commits last, and a narrow one that overtakes it if it can. */
  const race = async (rounds: number, append: string) => {
    const server = await testServer();
    const url = await server.database();
    const databases = [openDatabase(url), openDatabase(url)] as const;
    const [slow, fast] = (await Promise.all(databases.map((database) => openEventStore({ database, service: 's', lanes: 1 })))) as [EventStore, EventStore];
    await databases[0].query(append);
    const evidence = new Evidence();
    let finished = false;
    const reader = evidence.follow(fast, 0, () => finished);
    const give = async (store: EventStore, streams: number) => {
      const command = writing(...Array.from({ length: streams }, () => ({ key: crypto.randomUUID(), expected: 0, events: 1 })));
      evidence.sent.set(command.commandId, streams);
      await store.append(command);
      evidence.acknowledged.add(command.commandId);
    };
    for (let i = 0; i < rounds; i += 1) await Promise.all([give(slow, 20), pause(1).then(() => give(fast, 1))]);
    finished = true;
    await reader;
    for (const store of [slow, fast]) await store.close();
    for (const database of databases) await database.close();
    await server.stop();
    return evidence;
  };

  test('never makes a reader skip what commits after a faster one, thousands of times', async () => {
    const evidence = await race(2500, dawdling());
    expect(evidence.verdict()).toEqual(INNOCENT);
    expect(evidence.seen.length).toBe(2500 * 21);
  }, 240_000);

  test('would make it skip events if numbers were given without the lane lock', async () => {
    expect((await race(300, dawdling(unlocked()))).verdict().missing).toBeGreaterThan(10);
  }, 120_000);
});
