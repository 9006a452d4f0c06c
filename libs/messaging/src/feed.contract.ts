import { setTimeout as pause } from 'node:timers/promises';
import { Feeds, names, type Origin } from '../../../test/infra/feeds.js';
import { until } from '../../../test/infra/until.js';
import { topicOf, type FeedBatch, type FeedHandler } from './index.js';

/** A reader that remembers all it was told, and what was told wrongly. */
class Recorder implements FeedHandler {
  readonly services: readonly string[];
  readonly told: FeedBatch[] = [];
  readonly wrong: string[] = [];
  readonly lanes: number[] = [];
  /** Its durable state: position and frontier of each lane. */
  readonly state = new Map<number, { position: number; completeTo: number }>();
  /** Batches that it is not able to take in. */
  failing = 0;

  constructor(
    readonly group: string,
    readonly origin: Origin,
  ) {
    this.services = [origin.service];
  }

  of(lane: number): { position: number; completeTo: number } {
    return this.state.get(lane) ?? { position: 0, completeTo: 0 };
  }

  checkpoint(_service: string, lane: number): Promise<number> {
    return Promise.resolve(this.of(lane).position);
  }

  onLanes(_service: string, lanes: number): Promise<void> {
    this.lanes.push(lanes);
    return Promise.resolve();
  }

  onBatch(batch: FeedBatch): Promise<void> {
    if (this.failing > 0) return Promise.reject(new Error(`not taken in, ${(this.failing -= 1)} more`));
    const at = this.of(batch.lane);
    let { position } = at;
    for (const event of batch.events) {
      if (event.position !== position + 1) this.wrong.push(`${event.id} follows ${position}`);
      if (event.recordedAt < at.completeTo) this.wrong.push(`${event.id} was recorded before ${at.completeTo}, when the lane was said to be complete`);
      position = event.position;
    }
    this.told.push(batch);
    this.state.set(batch.lane, { position, completeTo: Math.max(at.completeTo, batch.completeTo ?? 0) });
    return Promise.resolve();
  }

  get events(): FeedBatch['events'][number][] {
    return this.told.flatMap(({ events }) => events);
  }

  async caughtUp(): Promise<void> {
    await until('the reader has everything', async () => (await this.origin.heads()).every((head, lane) => this.of(lane).position === head));
  }
}

describe.each(['local', 'kafka'] as const)('The %s feed', (kind) => {
  let feeds: Feeds;
  let origin: Origin;
  beforeAll(async () => {
    feeds = await Feeds.open(kind);
    origin = await feeds.origin();
    await origin.write(names(20));
  }, 120_000);
  afterAll(() => feeds.close(), 60_000);

  const reader = async (group: string, of = origin, failing = 0): Promise<Recorder> => {
    const recorder = new Recorder(group, of);
    recorder.failing = failing;
    await feeds.feed().attach(recorder);
    return recorder;
  };

  const remembered = async (groupId: string): Promise<boolean> => {
    const [topic] = await feeds.admin((admin) => admin.fetchOffsets({ groupId, topics: [topicOf(origin.service)] })).catch(() => []);
    return topic !== undefined && topic.partitions.every(({ offset }) => Number(offset) > 0);
  };

  test('delivers each lane in order and without a hole while two processes append at once', async () => {
    const other = await feeds.origin({ service: origin.service, url: origin.url, relayed: false });
    const recorder = await reader('orderly');
    const writing = [origin, other].flatMap((one) => [one.write(names(400)), ...names(4).map((key) => one.grow(key, 60))]);
    await Promise.all(writing);
    await recorder.caughtUp();
    expect(recorder.wrong).toEqual([]);
    expect(recorder.events).toHaveLength(20 + 2 * (400 + 4 * 60));
    const versions = new Map<string, number>();
    for (const { stream, version } of recorder.events) {
      expect(version).toBe((versions.get(stream) ?? 0) + 1);
      versions.set(stream, version);
    }
  }, 120_000);

  test('delivers whole events, as the store keeps them', async () => {
    const recorder = await reader('whole');
    await recorder.caughtUp();
    for (const lane of [0, 1]) expect(recorder.events.filter((event) => event.lane === lane).slice(0, 500)).toEqual(await origin.store.read(lane, 0, 500));
  }, 120_000);

  test('brings a late joiner everything from the first event on, and what comes after it', async () => {
    const recorder = await reader('late');
    await recorder.caughtUp();
    await origin.write(names(10));
    await recorder.caughtUp();
    expect(recorder.wrong).toEqual([]);
    expect(recorder.events.filter(({ position }) => position === 1)).toHaveLength(2);
  }, 120_000);

  test('delivers a batch that was not taken in again, and nothing after it before', async () => {
    const recorder = await reader('failing', origin, 5);
    await recorder.caughtUp();
    expect(recorder.failing).toBe(0);
    expect(recorder.wrong).toEqual([]);
  }, 120_000);

  test('leaves out what the reader has by its own checkpoint', async () => {
    const recorder = new Recorder('resumed', origin);
    const heads = await origin.heads();
    heads.forEach((head, lane) => recorder.state.set(lane, { position: head - 3, completeTo: 0 }));
    await feeds.feed().attach(recorder);
    await recorder.caughtUp();
    expect(recorder.wrong).toEqual([]);
    expect(recorder.events).toHaveLength(3 * heads.length);
  }, 120_000);

  test('gives a reader that lost its own state everything again, whatever the feed remembers of it', async () => {
    const before = new Recorder('forgetful', origin);
    const attachment = await feeds.feed().attach(before);
    await before.caughtUp();
    if (kind === 'kafka') await until('Kafka remembers more than nothing of the group', () => remembered('forgetful'));
    await attachment.close();
    const after = await reader('forgetful');
    await origin.write(names(10));
    await after.caughtUp();
    expect(after.wrong).toEqual([]);
    expect(after.events.length).toBeGreaterThan(before.events.length);
  }, 120_000);

  test('delivers nothing after a reader was detached', async () => {
    const recorder = new Recorder('leaving', origin);
    const attachment = await feeds.feed().attach(recorder);
    await recorder.caughtUp();
    await attachment.close();
    const had = recorder.told.length;
    await origin.write(names(10));
    await (await reader('staying')).caughtUp();
    expect(recorder.told).toHaveLength(had);
  }, 120_000);

  test('tells of idle lanes that they are complete, and never more than is true', async () => {
    const recorder = await reader('frontiers');
    await recorder.caughtUp();
    let writing = true;
    const slowly = (async () => {
      for (let i = 0; writing; i += 1) {
        await origin.write(names(1));
        if (i % 5 === 0) await pause(40);
      }
    })();
    await pause(5000);
    writing = false;
    await slowly;
    const stopped = Date.now();
    await until('both lanes are complete beyond the last event', () => [0, 1].every((lane) => recorder.of(lane).completeTo >= stopped));
    await recorder.caughtUp();
    expect(recorder.wrong).toEqual([]);
  }, 120_000);

  test('waits for a service that is not there yet', async () => {
    const service = `later-${kind}`;
    const recorder = new Recorder('waiting', { ...origin, service } as Origin);
    await feeds.feed().attach(recorder);
    await pause(1500);
    const later = await feeds.origin({ service });
    await later.write(names(20));
    await until('everything has come', () => recorder.events.length === 20);
  }, 120_000);

  test('takes up lanes that are added while it runs', async () => {
    const recorder = await reader('widening');
    await recorder.caughtUp();
    const wider = await feeds.origin({ service: origin.service, url: origin.url, lanes: 5, relayed: false });
    await wider.write(names(60));
    expect((await wider.heads()).filter((head) => head > 0)).toHaveLength(5);
    await until('all five lanes have come', async () => (await wider.heads()).every((head, lane) => recorder.of(lane).position === head));
    expect(recorder.wrong).toEqual([]);
    expect(recorder.lanes.at(-1)).toBe(5);
  }, 120_000);
});
