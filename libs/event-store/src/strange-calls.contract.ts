import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { openDatabase, type Database } from '#postgres';
import { testServer, type TestServer } from '../../../test/infra/postgres.js';
import { type Append, type EventStore, openEventStore } from './index.js';

const origin = { actor: 'a', source: 'API', correlationId: 'c' } as const;
const events = [{ type: 'Happened', schemaVersion: 1, occurredOn: '2022-07-18', data: {} }];
const over = (keys: readonly string[], commandId: string = randomUUID()): Append => ({ commandId, fingerprint: 'f', origin, streams: keys.map((key) => ({ key, laneKey: key, expected: 0, events })) });

describe('The event store, called strangely,', () => {
  let server: TestServer;
  let url: string;
  let databases: Database[];
  let here: EventStore;
  let there: EventStore;
  beforeAll(async () => {
    server = await testServer();
    url = await server.database();
    databases = [openDatabase(url), openDatabase(url)];
    [here, there] = (await Promise.all(databases.map((database) => openEventStore({ database, service: 'farmer' })))) as [EventStore, EventStore];
  }, 60_000);
  afterAll(async () => {
    for (const store of [here, there]) await store.close();
    for (const database of databases) await database.close();
    await server.stop();
  });

  test.each([['one stream', 1], ['several lanes', 8]])('gives a command id that comes twice at once for different streams, over %s, one result', async (_, width) => {
    const keys = () => Array.from({ length: width }, () => randomUUID());
    for (let i = 0; i < 50; i += 1) {
      const id = randomUUID();
      const answers = await Promise.all([here, there, here].map((store) => store.append(over(keys(), id))));
      expect(answers.map((answer) => answer.status).sort()).toEqual(['appended', 'duplicate', 'duplicate']);
      expect(new Set(answers.map((answer) => JSON.stringify({ ...answer, status: '' }))).size).toBe(1);
    }
  });

  test('refuses names that would break the call of its neighbours, and those go in', async () => {
    const good = Array.from({ length: 5 }, () => here.append(over([randomUUID()])));
    const key = randomUUID();
    const bad = [over([`a\x1fb`]), over([key], `${randomUUID()}\x1f${randomUUID()}`), { ...over([key]), fingerprint: '' }];
    for (const append of bad) await expect(here.append(append)).rejects.toThrow(/must be a text without/);
    expect((await Promise.all(good)).map((answer) => answer.status)).toEqual(Array(5).fill('appended'));
  });

  test('keeps whatever JSON can hold as it is, separators and quotes too', () =>
    fc.assert(fc.asyncProperty(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ stringUnit: 'grapheme' })), fc.constantFrom('\x1f', '\0', "'", '"', '\\', '\n', '𠮷', '·'), async (dictionary, odd) => {
      const data = JSON.parse(JSON.stringify({ ...dictionary, odd: `a${odd}b` })) as object;
      const key = randomUUID();
      await here.append({ ...over([]), streams: [{ key, laneKey: key, expected: 0, events: [{ type: 'Happened', schemaVersion: 1, occurredOn: '2022-07-18', data }] }] });
      expect((await here.load([key])).get(key)).toMatchObject([{ data }]);
    }), { numRuns: 50 }));

  test('says of a stream that was never written that its version is 0', async () => {
    const key = randomUUID();
    expect(await here.append({ ...over([]), streams: [{ key, laneKey: key, expected: 3, events }] })).toEqual({ status: 'conflict', key, actual: 0 });
  });

  test('refuses a command without an event, and one that names a stream twice', async () => {
    await expect(here.append(over([]))).rejects.toThrow('an append needs at least one event');
    const key = randomUUID();
    await expect(here.append(over([key, key]))).rejects.toThrow(`${key} twice`);
    expect((await here.load([key])).size).toBe(0);
  });

  test('loses and doubles nothing while a process raises the lanes under the others', async () => {
    const database = openDatabase(url);
    const before = await Promise.all([here, there].map((store) => store.append(over([randomUUID()]))));
    const raising = openEventStore({ database, service: 'farmer', lanes: 12 });
    const commands = Array.from({ length: 300 }, (_, i) => over(Array.from({ length: 1 + (i % 3) }, () => randomUUID())));
    await Promise.all(commands.map(async (command, i) => (i % 3 ? (i % 2 ? here : there) : await raising).append(command)));
    const more = await raising;
    const logs = await Promise.all(Array.from({ length: more.lanes }, (_, lane) => more.read(lane, 0, 100_000)));
    for (const log of logs) expect(log.map((event) => event.position)).toEqual(log.map((_, i) => i + 1));
    const kept = Map.groupBy(logs.flat(), (event) => event.origin.commandId);
    expect(commands.map((command) => kept.get(command.commandId)?.length)).toEqual(commands.map((command) => command.streams.length));
    expect(logs.filter((log) => log.length).length).toBeGreaterThan(4);
    expect(before.every((answer) => answer.status === 'appended')).toBe(true);
    await more.close();
    await database.close();
  });

  test('appends to a stream that a process with more lanes made', async () => {
    const database = openDatabase(url);
    const more = await openEventStore({ database, service: 'farmer', lanes: 16 });
    const keys = Array.from({ length: 20 }, () => randomUUID());
    for (const key of keys) await more.append(over([key]));
    const answers = await Promise.all(keys.map((key) => here.append({ ...over([]), streams: [{ key, laneKey: key, expected: 1, events }] })));
    expect(answers.map((answer) => answer.status)).toEqual(Array(20).fill('appended'));
    await more.close();
    const reopened = await openEventStore({ database, service: 'farmer' });
    expect(reopened.lanes).toBe(16);
    await reopened.close();
    await database.close();
  });
});
