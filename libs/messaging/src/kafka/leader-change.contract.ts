import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Kafka, logLevel, type Producer } from 'kafkajs';
import { Feeds, names, type Origin } from '../../../../test/infra/feeds.js';
import { until } from '../../../../test/infra/until.js';
import { faults, tallied, tally } from '../../../../test/infra/tally.js';
import { topicOf } from '../index.js';

const CONTROL = 'control';
const PARTITIONS = 6;
describe('While the leaders of three brokers are killed in turn under load', () => {
  let feeds: Feeds;
  let origin: Origin;
  let plain: Kafka;
  beforeAll(async () => {
    feeds = await Feeds.open('kafka', 3);
    origin = await feeds.origin({ lanes: 3 });
    plain = new Kafka({ brokers: feeds.kafka?.brokers ?? [], logLevel: logLevel.NOTHING, retry: { initialRetryTime: 100, maxRetryTime: 1000, retries: 30 } });
    await feeds.admin((admin) => admin.createTopics({ waitForLeaders: true, topics: [{ topic: CONTROL, numPartitions: PARTITIONS, replicationFactor: 3, configEntries: [{ name: 'min.insync.replicas', value: '2' }] }] }));
  }, 180_000);
  afterAll(() => feeds.close(), 120_000);

  const healthy = () =>
    until('every partition has all its replicas', async () => {
      const topics = [CONTROL, topicOf(origin.service)];
      const all = await feeds.admin((admin) => admin.fetchTopicMetadata({ topics })).catch(() => ({ topics: [] }));
      return all.topics.length === topics.length && all.topics.every(({ partitions }) => partitions.every(({ isr, leader }) => isr.length === 3 && leader >= 0));
    });

  /** Kills one broker, waits until its partitions have found other leaders, and starts it again. */
  const round = async (broker: number): Promise<void> => {
    await healthy();
    await feeds.kafka?.kill(broker);
    // The controller takes a broker for dead after six seconds without a sign of life.
    await pause(9000);
    await feeds.kafka?.start(broker);
  };

  /** What a program does that hands kafkajs messages for several partitions at once, and trusts the acknowledgement. */
  const control = { acknowledged: new Set<string>(), stopped: false };
  const trusting = async (producer: Producer): Promise<void> => {
    while (!control.stopped) {
      const ids = Array.from({ length: 60 }, () => randomUUID());
      const messages = ids.map((value, i) => ({ value, partition: i % PARTITIONS }));
      await producer.send({ topic: CONTROL, acks: -1, messages }).then(() => ids.forEach((id) => control.acknowledged.add(id)), () => undefined);
      await pause(20);
    }
  };
  const controlled = async (work: () => Promise<void>): Promise<number> => {
    const producer = plain.producer({ idempotent: true, maxInFlightRequests: 5 });
    await producer.connect();
    control.stopped = false;
    const sending = [trusting(producer), trusting(producer)];
    await work().finally(() => (control.stopped = true));
    await Promise.all(sending);
    await producer.disconnect();
    return missing();
  };
  const missing = async (): Promise<number> => {
    await healthy();
    const ends = await feeds.admin((admin) => admin.fetchTopicOffsets(CONTROL));
    const left = new Map(ends.map(({ partition, high }) => [partition, Number(high)]));
    const found = new Set<string>();
    const consumer = plain.consumer({ groupId: `count-${randomUUID()}` });
    await consumer.connect();
    await consumer.subscribe({ topic: CONTROL, fromBeginning: true });
    await consumer.run({
      eachBatch: ({ batch }) => {
        for (const { value } of batch.messages) found.add(String(value));
        if (Number(batch.lastOffset()) + 1 >= (left.get(batch.partition) ?? 0)) left.delete(batch.partition);
        return Promise.resolve();
      },
    });
    await until('everything is read', () => left.size === 0).finally(() => consumer.disconnect());
    return [...control.acknowledged].filter((id) => !found.has(id)).length;
  };
  let lost = 0;

  test('the relay loses nothing, doubles nothing and keeps the order', async () => {
    const host = await feeds.host([tally([origin.service])]);
    let stopped = false;
    let acknowledged = 0;
    const writing = (async () => {
      while (!stopped) {
        await origin.write(names(40));
        acknowledged += 40;
        await pause(30);
      }
    })();
    lost = await controlled(async () => {
      for (const broker of [0, 1, 2]) await round(broker);
    });
    stopped = true;
    await writing;
    const heads = await origin.heads();
    expect(acknowledged).toBeGreaterThan(5000);
    expect(heads.reduce((sum, head) => sum + head, 0)).toBe(acknowledged);
    expect(await host.reached('tally', heads.map((position, lane) => ({ service: origin.service, lane, position })), 90_000)).toBe(true);
    expect(faults(await tallied(host), { [origin.service]: heads })).toEqual([]);
  }, 300_000);

  test('acknowledged messages of one send over several partitions are lost: the test would see it', async () => {
    for (let more = 0; lost === 0 && more < 6; more += 1) lost = await controlled(() => round(more % 3));
    process.stderr.write(`Kafka: ${lost} of ${control.acknowledged.size} acknowledged messages of the control were lost\n`);
    expect(lost).toBeGreaterThan(0);
  }, 400_000);
});
