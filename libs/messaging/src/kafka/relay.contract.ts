import { setTimeout as pause } from 'node:timers/promises';
import { Kafka, logLevel } from 'kafkajs';
import { Feeds, names, type Origin } from '../../../../test/infra/feeds.js';
import { until } from '../../../../test/infra/until.js';
import { faults, tallied, tally } from '../../../../test/infra/tally.js';
import { topicOf, type Relay } from '../index.js';
import { kafkaClient } from './client.js';
import { eventRecord, frontierRecord } from './record.js';
import { Publisher } from './publisher.js';

const patience = 60_000;

describe('The relay', () => {
  let feeds: Feeds;
  beforeAll(async () => {
    feeds = await Feeds.open('kafka');
  }, 120_000);
  afterAll(() => feeds.close(), 60_000);

  type Host = Awaited<ReturnType<Feeds['host']>>;
  const caughtUp = async (host: Host, from: Origin) => {
    const [{ service }, heads] = [from, await from.heads()];
    expect(await host.reached('tally', heads.map((position, lane) => ({ service, lane, position })), patience)).toBe(true);
    expect(faults(await tallied(host), { [service]: heads })).toEqual([]);
  };

  /** Positions in a partition as they lie there, frontiers left out. */
  const published = async (service: string, lane: number, count: number): Promise<number[]> => {
    const consumer = new Kafka({ brokers: feeds.kafka?.brokers ?? [], logLevel: logLevel.NOTHING }).consumer({ groupId: `look-${Math.random()}` });
    const found: number[] = [];
    await consumer.connect();
    await consumer.subscribe({ topic: topicOf(service), fromBeginning: true });
    await consumer.run({ eachMessage: ({ partition, message }) => Promise.resolve(void (partition === lane && message.value && found.push(Number(message.headers?.['position'])))) });
    await until(`${count} records`, () => found.length >= count, patience).finally(() => consumer.disconnect());
    return found;
  };
  const active = (relay: Relay) => until('it is active', () => relay.status().state === 'active', patience);

  test('that dies between sending and noting it sends again, and readers take each event once', async () => {
    const from = await feeds.origin({ lanes: 1, relayed: false });
    await from.grow('stream', 5);
    const before = await feeds.relay(from);
    await until('five are noted', () => before.status().lanes[0]?.position === 5, patience);
    await before.stop();
    await from.grow('stream', 5, 5);
    const blocker = await from.database.connect();
    await blocker.query('begin; lock table relay.positions in share mode');
    const relay = await feeds.relay(from);
    const host = await feeds.host([tally([from.service])]);
    await caughtUp(host, from);
    const { rowCount } = await from.database.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1 and wait_event_type = 'Lock'`, [`${from.service}-relay`]);
    expect(rowCount).toBe(1);
    await blocker.query('rollback');
    await blocker.close();
    await until('all are noted', () => relay.status().lanes[0]?.position === 10, patience);
    expect(await published(from.service, 0, 15)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 6, 7, 8, 9, 10]);
    await from.grow('stream', 5, 10);
    await caughtUp(host, from);
  }, 120_000);

  test('is active once: a second one stands by and takes over when the first dies', async () => {
    const from = await feeds.origin({ relayed: false });
    const first = await feeds.relay(from);
    await active(first);
    const second = await feeds.relay(from);
    await until('it stands by', () => second.status().state === 'standby', patience);
    const host = await feeds.host([tally([from.service])]);
    const writing = Array.from({ length: 20 }, () => from.write(names(20)));
    const { rowCount } = await from.database.query(
      `select pg_terminate_backend(l.pid) from pg_locks l where l.locktype = 'advisory' and l.granted and (l.classid::bigint << 32 | l.objid::bigint) = hashtextextended($1, 11)`,
      [`relay.${topicOf(from.service)}`],
    );
    expect(rowCount).toBe(1);
    await until('one of them is active', () => [first, second].some((relay) => relay.status().state === 'active'), patience);
    const [now, other] = second.status().state === 'active' ? [second, first] : [first, second];
    await now.stop();
    await active(other);
    await Promise.all(writing);
    await caughtUp(host, from);
  }, 120_000);

  test('that lives on as a zombie changes nothing by what it sends late', async () => {
    const from = await feeds.origin({ lanes: 1 });
    await from.grow('stream', 20);
    const host = await feeds.host([tally([from.service])]);
    await caughtUp(host, from);
    const zombie = new Publisher(kafkaClient({ brokers: feeds.kafka?.brokers ?? [], clientId: 'zombie', log: { info: () => undefined, warn: () => undefined, error: () => undefined } }), topicOf(from.service));
    await zombie.connect();
    const late = await from.store.read(0, 5, 10);
    await zombie.send(0, late.map(eventRecord));
    await zombie.send(0, [frontierRecord(0, { position: 15, completeTo: 1, lanes: 1 })]);
    await zombie.close();
    await from.grow('stream', 5, 20);
    await caughtUp(host, from);
    await caughtUp(await feeds.host([tally([from.service])]), from);
  }, 120_000);

  test('and its readers go on when the broker was away: meanwhile commands are taken', async () => {
    const from = await feeds.origin();
    const host = await feeds.host([tally([from.service])]);
    await from.write(names(20));
    await caughtUp(host, from);
    await feeds.kafka?.kill(0);
    await from.write(names(200));
    await pause(3000);
    await feeds.kafka?.start(0);
    await from.write(names(20));
    await caughtUp(host, from);
  }, 120_000);

  test('fills a topic that was lost from the event table, and readers go on', async () => {
    const from = await feeds.origin();
    const host = await feeds.host([tally([from.service])]);
    await from.write(names(100));
    await caughtUp(host, from);
    await feeds.admin((admin) => admin.deleteTopics({ topics: [topicOf(from.service)] }));
    await from.write(names(100));
    await caughtUp(host, from);
    await caughtUp(await feeds.host([tally([from.service])]), from);
  }, 120_000);

  test('copies events larger than the broker takes by its own limit', async () => {
    const from = await feeds.origin({ lanes: 1 });
    const host = await feeds.host([tally([from.service])]);
    await from.write(names(1), 'x'.repeat(1_500_000));
    await caughtUp(host, from);
  }, 120_000);

  test('leaves a record that is no event to the reader, who stands still before it and may skip it', async () => {
    const from = await feeds.origin({ lanes: 1 });
    await from.grow('stream', 5);
    const host = await feeds.host([tally([from.service])]);
    await caughtUp(host, from);
    const stray = new Kafka({ brokers: feeds.kafka?.brokers ?? [], logLevel: logLevel.NOTHING }).producer();
    await stray.connect();
    await stray.send({ topic: topicOf(from.service), messages: [{ value: 'no event', partition: 0 }] });
    await stray.disconnect();
    await until('it stands still', () => host.status()[0]?.halted !== null, patience);
    const halt = host.status()[0]?.halted;
    expect(halt).toMatchObject({ kind: 'unreadable', position: null, error: expect.stringContaining('not JSON') });
    await from.grow('stream', 5, 5);
    await host.skip('tally', halt?.eventId ?? '', 'a stray record', 'an-operator');
    await caughtUp(host, from);
  }, 120_000);
});
