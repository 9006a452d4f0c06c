import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { DomainEvent, RecordedEvent } from '#decider';
import { openDatabase, type Database } from '#postgres';
import { testServer, type TestServer } from '../../../test/infra/postgres.js';
import { type Append, type EventStore, openEventStore, type StreamAppend } from './index.js';

const happened = (n: number): DomainEvent => ({ type: 'Happened', schemaVersion: 1, occurredOn: '2022-07-18', data: { n } });
const origin = { actor: 'a', source: 'API', correlationId: 'c' } as const;
const to = (key: string, expected: number, ...events: DomainEvent[]): StreamAppend => ({ key, laneKey: key, expected, events });
const command = (...streams: StreamAppend[]): Append => ({ commandId: randomUUID(), fingerprint: 'f', origin, streams });

describe('The event store', () => {
  let server: TestServer;
  let url: string;
  let database: Database;
  let store: EventStore;
  let time = Date.parse('2022-07-18T00:00:00Z');
  const clock = { now: () => time };
  const open = (name = 'store') => {
    const own = openDatabase(url, { name });
    return openEventStore({ database: own, service: 'farmer', clock }).then((opened) => ({ ...opened, close: () => opened.close().then(() => own.close()) }));
  };

  beforeAll(async () => {
    server = await testServer();
    url = await server.database();
    database = openDatabase(url);
    store = await open();
  }, 60_000);
  afterAll(async () => {
    await store.close();
    await database.close();
    await server.stop();
  });

  test('keeps what a command wrote, with its origin and the time of recording', async () => {
    const append = command(to('kept', 0, happened(1), happened(2)));
    expect(await store.append(append)).toMatchObject({ status: 'appended', recordedAt: time, streams: [{ key: 'kept', version: 2 }] });
    const events = (await store.load(['kept', 'nothing'])).get('kept');
    expect(events).toMatchObject([{ ...happened(1), version: 1, recordedAt: time, service: 'farmer', origin: { ...origin, commandId: append.commandId } }, { ...happened(2), version: 2 }]);
  });

  test('answers a retry with the first result, and refuses the id for another command', async () => {
    const append = command(to('retried', 0, happened(1)));
    const first = await store.append(append);
    expect(await store.append(append)).toEqual({ ...first, status: 'duplicate' });
    expect(await store.resultOf(append.commandId)).toEqual({ ...first, status: 'duplicate', fingerprint: 'f' });
    expect(await store.append({ ...append, fingerprint: 'g' })).toEqual({ status: 'reused' });
  });

  test('lets one of two writers that race on a stream win, the other learns the version', async () => {
    const other = await open();
    for (let i = 0; i < 50; i += 1) {
      const race = await Promise.all([store.append(command(to(`race-${i}`, 0, happened(1)))), other.append(command(to(`race-${i}`, 0, happened(2))))]);
      expect(race.map((answer) => answer.status).sort()).toEqual(['appended', 'conflict']);
      expect(race.find((answer) => answer.status === 'conflict')).toEqual({ status: 'conflict', key: `race-${i}`, actual: 1 });
    }
    await other.close();
  });

  test('gives the same command from two connections at once one result', async () => {
    const other = await open();
    for (let i = 0; i < 50; i += 1) {
      const append = command(to(`twin-${i}`, 0, happened(1)));
      const answers = await Promise.all([store.append(append), other.append(append)]);
      expect(answers.map((answer) => answer.status).sort()).toEqual(['appended', 'duplicate']);
      expect({ ...answers[0], status: '' }).toEqual({ ...answers[1], status: '' });
    }
    await other.close();
  });

  test('writes a command over several streams wholly or not at all, also across lanes', async () => {
    const keys = Array.from({ length: 8 }, (_, i) => `wide-${i}`);
    const append = command(...keys.map((key) => to(key, 0, happened(1))));
    const answer = await store.append(append);
    expect(answer.status === 'appended' && new Set(answer.streams.map((stream) => stream.lane)).size).toBeGreaterThan(1);
    expect(await store.append(append)).toEqual({ ...answer, status: 'duplicate' });
    expect(new Set([...(await store.load(keys)).values()].flat().map((event) => event.recordedAt)).size).toBe(1);
    const torn = command(to('wide-new', 0, happened(1)), ...keys.map((key, i) => to(key, i === 7 ? 0 : 1, happened(2))));
    expect(await store.append(torn)).toEqual({ status: 'conflict', key: 'wide-7', actual: 1 });
    expect((await store.load(['wide-new', ...keys])).size).toBe(8);
    expect((await database.query(`select 1 from es.streams where stream = 'wide-new'`)).rows).toEqual([]);
  });

  test('puts a newborn stream into the lane of the one it is near', async () => {
    await store.append(command(to('house', 0, happened(1))));
    const lane = (await store.load(['house'])).get('house')?.[0]?.lane;
    for (const key of ['p1', 'p2', 'p3', 'p4', 'p5']) await store.append(command({ ...to(key, 0, happened(1)), laneKey: 'house' }));
    expect([...(await store.load(['p1', 'p2', 'p3', 'p4', 'p5'])).values()].flat().map((event) => event.lane)).toEqual(Array(5).fill(lane));
  });

  test('checks the version of a stream that gets no event', async () => {
    const guarded = (expected: number) => store.append(command(to('house', expected), { ...to(randomUUID(), 0, happened(1)), laneKey: 'house' }));
    expect((await guarded(1)).status).toBe('appended');
    expect(await guarded(3)).toEqual({ status: 'conflict', key: 'house', actual: 1 });
  });

  test('advances the frontier of an idle lane, and records nothing before it afterwards', async () => {
    time += 10_000;
    await pause(1100);
    const promised = await store.frontiers();
    expect(promised.map((frontier) => frontier.completeTo)).toEqual([time, time, time, time]);
    const before = time;
    time -= 5000;
    expect(await store.append(command(to('after-frontier', 0, happened(1))))).toMatchObject({ recordedAt: before });
    time = before;
  });

  test('wakes its readers, those of other processes too', async () => {
    const other = await open();
    const woken = new Promise<void>((resolve) => void other.onAppend(resolve));
    await pause(100);
    await store.append(command(to('wake', 0, happened(1))));
    await woken;
    await other.close();
  });

  test('brings events of an older schema to today, for whoever loads, reads or tails', async () => {
    const own = openDatabase(url);
    const modern = await openEventStore({ database: own, service: 'farmer', upcast: (type, _, data) => (type === 'Happened' ? { schemaVersion: 2, data: { count: (data as { n: number }).n } } : { schemaVersion: 1, data }) });
    expect((await modern.load(['house'])).get('house')).toMatchObject([{ schemaVersion: 2, data: { count: 1 } }]);
    const [house] = (await modern.load(['house'])).get('house') as [RecordedEvent];
    const { lane, position } = house;
    expect(await modern.read(lane, position - 1, 1)).toEqual([house]);
    const tailed = await modern.tail(lane, position - 1, { pageSize: 1 })[Symbol.asyncIterator]().next();
    expect(tailed.value).toEqual([house]);
    await modern.close();
    await own.close();
  });

  test('names the guilty command of a group and keeps its neighbours', async () => {
    const good = Array.from({ length: 20 }, () => store.append(command(to(randomUUID(), 0, happened(1)))));
    const bad = store.append(command(to(randomUUID(), 0, { ...happened(1), occurredOn: 'no day' })));
    await expect(bad).rejects.toThrow(/invalid input syntax for type date/);
    expect((await Promise.all(good)).map((answer) => answer.status)).toEqual(Array(20).fill('appended'));
  });
});
