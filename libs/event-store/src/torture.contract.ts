import { randomUUID } from 'node:crypto';
import type { RecordedEvent } from '#decider';
import { openDatabase, type Database } from '#postgres';
import { testServer, type TestServer } from '../../../test/infra/postgres.js';
import { type Append, type EventStore, openEventStore, type Written } from './index.js';
import { LANE_LOCK } from './migrations.js';
import { appendFunction } from './schema.sql.js';

const LANES = 2;
const origin = { actor: 'a', source: 'API', correlationId: 'c' } as const;
const pick = (n: number): number => Math.floor(Math.random() * n);
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

interface Outcome {
  acknowledged: Map<string, number>;
  tailed: RecordedEvent[];
  gaps: number;
  retold: number;
}

/** One to three events on a stream. */
const burst = (key: string, expected: number): Append => ({
  commandId: randomUUID(), fingerprint: 'f', origin,
  streams: [{ key, laneKey: key, expected, events: Array.from({ length: 1 + pick(3) }, () => ({ type: 'Tortured', schemaVersion: 1, occurredOn: '2022-07-18', data: {} })) }],
});

/** As a caller would: refused, it gives another command at the version it was told. Null when it lost again. */
const insist = async (store: EventStore, key: string, expected: number): Promise<{ command: Append; written: Written } | null> => {
  let command = burst(key, expected);
  let answer = await store.append(command);
  if (answer.status === 'conflict') answer = await store.append((command = burst(key, answer.actual)));
  return 'recordedAt' in answer ? { command, written: answer } : null;
};

const retell = async (store: EventStore, { command, written }: { command: Append; written: Written }, outcome: Outcome): Promise<void> => {
  const again = await store.append(command);
  if (again.status !== 'duplicate' || again.recordedAt !== written.recordedAt) outcome.retold += 1;
};

/** Appends to hot and cold streams, and now and then the same command again. */
const writer = async (store: EventStore, outcome: Outcome, until: number): Promise<void> => {
  const versions = new Map<string, number>();
  while (Date.now() < until) {
    const key = pick(3) ? `cold-${randomUUID()}` : `hot-${pick(20)}`;
    const done = await insist(store, key, versions.get(key) ?? 0);
    if (!done) continue;
    for (const { version } of done.written.streams) versions.set(key, version);
    outcome.acknowledged.set(done.command.commandId, done.command.streams.flatMap((stream) => stream.events).length);
    if (!pick(20)) await retell(store, done, outcome);
  }
};

/** Remembers nothing but the last position: what any reader does. */
const tailer = async (store: EventStore, lane: number, outcome: Outcome, done: () => boolean): Promise<void> => {
  for (let last = 0; ; ) {
    const finished = done();
    const events = await store.read(lane, last, 500).catch(() => []);
    for (const event of events) {
      if (event.position !== last + 1) outcome.gaps += 1;
      last = event.position;
      outcome.tailed.push(event);
    }
    if (!events.length && finished) return;
    if (!events.length) await pause(1);
  }
};

/** Commands acknowledged whose events the readers did not see exactly once, and streams seen out of order. */
const losses = ({ acknowledged, tailed, gaps, retold }: Outcome) => {
  const seen = new Map<string, number>();
  const last = new Map<string, number>();
  let disorder = 0;
  for (const event of tailed) {
    seen.set(event.origin.commandId, (seen.get(event.origin.commandId) ?? 0) + 1);
    if (event.version !== (last.get(event.stream) ?? 0) + 1) disorder += 1;
    last.set(event.stream, event.version);
  }
  const wrong = (test: (count: number, told: number) => boolean) => [...acknowledged].filter(([id, told]) => test(seen.get(id) ?? 0, told)).length;
  return { missing: wrong((count, told) => count < told), doubled: wrong((count, told) => count > told), gaps, disorder, retold };
};

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

  const torture = async (seconds: number, disturb: (url: string) => Promise<void>) => {
    const url = await server.database();
    const databases = [1, 2, 3].map(() => openDatabase(url, { name: 'writer' }));
    const stores: EventStore[] = [];
    for (const database of databases) stores.push(await openEventStore({ database, service: 'torture', lanes: LANES }));
    await disturb(url);
    const outcome: Outcome = { acknowledged: new Map(), tailed: [], gaps: 0, retold: 0 };
    let finished = false;
    const tails = Array.from({ length: LANES }, (_, lane) => tailer(stores[0] as EventStore, lane, outcome, () => finished));
    const until = Date.now() + seconds * 1000;
    await Promise.all(Array.from({ length: 24 }, (_, i) => writer(stores[i % 3] as EventStore, outcome, until)));
    finished = true;
    await Promise.all(tails);
    for (const store of stores) await store.close();
    for (const database of databases) await database.close();
    return outcome;
  };

  test('no acknowledged command is lost, doubled or out of order while connections are killed and the server stops at once twice', async () => {
    let stopped = false;
    const outcome = await torture(12, async () => {
      const killing = async () => {
        while (!stopped) {
          await pause(150);
          await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'writer' order by random() limit 1`).catch(() => undefined);
        }
      };
      const crashing = async () => {
        for (let i = 0; i < 2 && server.crash; i += 1) {
          await pause(3500);
          await server.crash();
        }
        stopped = true;
      };
      void killing();
      void crashing();
    });
    expect(outcome.acknowledged.size).toBeGreaterThan(1000);
    expect(losses(outcome)).toEqual({ missing: 0, doubled: 0, gaps: 0, disorder: 0, retold: 0 });
  }, 60_000);

  test('without the lane lock a reader loses events: the torture sees it', async () => {
    const outcome = await torture(4, async (url) => {
      const database = openDatabase(url);
      // Positions from a sequence, as many stores give them: taken before the commit, so commits overtake each other.
      await database.query(`create sequence es.naive; select setval('es.naive', 1, false)`);
      await database.query(appendFunction(LANE_LOCK).replace(LANE_LOCK, '').replace(/select coalesce\(max\(e\.position\), 0\) into v_base[^;]*;/, `select nextval('es.naive') * 4000 into v_base; perform pg_sleep(random() * 0.01);`));
      await database.close();
    });
    expect(losses(outcome).missing).toBeGreaterThan(0);
  }, 60_000);
});

describe('A slow transaction', () => {
  test('never makes a reader skip what commits after a faster one, thousands of times', async () => {
    const server = await testServer();
    const url = await server.database();
    const databases = [openDatabase(url), openDatabase(url)];
    const [slow, fast] = await Promise.all(databases.map((database) => openEventStore({ database, service: 's', lanes: 1 })));
    if (!slow || !fast) throw new Error('unreachable');
    const outcome: Outcome = { acknowledged: new Map(), tailed: [], gaps: 0, retold: 0 };
    let finished = false;
    const tail = tailer(fast, 0, outcome, () => finished);
    const wide = (n: number): Append => ({ commandId: randomUUID(), fingerprint: 'f', origin, streams: Array.from({ length: n }, () => randomUUID()).map((key) => ({ key, laneKey: key, expected: 0, events: [{ type: 'T', schemaVersion: 1, occurredOn: '2022-07-18', data: { filler: 'x'.repeat(200) } }] })) });
    for (let i = 0; i < 2000; i += 1) {
      // The wide one begins first and commits last.
      const [a, b] = [wide(20), wide(1)];
      await Promise.all([slow.append(a), fast.append(b)]);
      outcome.acknowledged.set(a.commandId, 20).set(b.commandId, 1);
    }
    finished = true;
    await tail;
    expect(losses(outcome)).toEqual({ missing: 0, doubled: 0, gaps: 0, disorder: 0, retold: 0 });
    for (const store of [slow, fast]) await store.close();
    for (const database of databases) await database.close();
    await server.stop();
  }, 60_000);
});
