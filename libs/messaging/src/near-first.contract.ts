import { Feeds, names, quiet } from '../../../test/infra/feeds.js';
import { until } from '../../../test/infra/until.js';
import { kafkaFeed, localFeed, nearFirst, type FeedBatch } from './index.js';

describe('A feed that reads its own lanes from their tables', () => {
  let feeds: Feeds;
  beforeAll(async () => {
    feeds = await Feeds.open('kafka');
  }, 120_000);
  afterAll(() => feeds.close(), 60_000);

  test('delivers what was said here while the broker is away, and what others said when it is back', async () => {
    const { kafka } = feeds;
    if (!kafka) throw new Error('no broker');
    const [own, other] = [await feeds.origin({ lanes: 1 }), await feeds.origin({ lanes: 1 })];
    const near = localFeed({ stores: () => Promise.resolve(own.store), log: quiet });
    const far = kafkaFeed({ brokers: kafka.brokers, clientId: 'near-first', log: quiet });
    const feed = nearFirst({ near, far, isNear: (service) => service === own.service });
    const seen: Record<string, number> = { [own.service]: 0, [other.service]: 0 };
    const onBatch = async ({ service, events }: FeedBatch): Promise<void> => void (seen[service] = events.at(-1)?.position ?? seen[service] ?? 0);
    await feed.attach({ group: 'near-first', services: [own.service, other.service], checkpoint: (service) => Promise.resolve(seen[service] ?? 0), onBatch });
    await own.write(names(3));
    await other.write(names(3));
    await until('both are heard', () => seen[own.service] === 3 && seen[other.service] === 3);
    await kafka.kill(0);
    await own.write(names(2));
    await other.write(names(2));
    await until('what was said here is heard', () => seen[own.service] === 5);
    expect(seen[other.service]).toBe(3);
    await kafka.start(0);
    await until('and what others said', () => seen[other.service] === 5);
    await feed.close();
  }, 240_000);
});
