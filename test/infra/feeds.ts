import { randomBytes, randomUUID } from 'node:crypto';
import { Kafka, logLevel, type Admin } from 'kafkajs';
import type { DomainEvent } from '#decider';
import { openEventStore, systemClock, type Append, type Clock, type EventStore } from '#event-store';
import { kafkaFeed, localFeed, startRelay, topicOf, ViewHost, type Feed, type Hosted, type Log, type Relay, type ViewHostOptions } from '#messaging';
import { openDatabase, type Database } from '#postgres';
import type { Brokers } from '../../deploy/kafka/broker.mjs';
import { testKafka } from './kafka.js';
import { testServer, type TestServer } from './postgres.js';
import { until } from './until.js';

type Closing = () => Promise<unknown>;
export const quiet: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

const happened = (n: number): DomainEvent => ({ type: 'Happened', schemaVersion: 1, occurredOn: '2022-07-18', data: { n } });

/** A service that writes: its database, its store, and over Kafka its relay. */
export class Origin {
  private constructor(
    readonly service: string,
    readonly url: string,
    readonly database: Database,
    readonly store: EventStore,
  ) {}

  static async open(server: TestServer, options: { lanes?: number; clock?: Clock; service?: string; url?: string } = {}): Promise<Origin> {
    const { lanes = 2, clock = systemClock, service = `s${randomBytes(4).toString('hex')}` } = options;
    const url = options.url ?? (await server.database());
    const database = openDatabase(url, { name: `${service}-store`, max: 20 });
    return new Origin(service, url, database, await openEventStore({ database, service, lanes, clock }));
  }

  /** One event on each of these streams, new ones, each by a command of its own, all at once. */
  async write(streams: readonly string[], type = 'Happened'): Promise<void> {
    await Promise.all(streams.map((key, n) => this.store.append(this.command(key, 0, { ...happened(n), type }))));
  }

  /** `count` events one after the other on a stream that holds `from` already. */
  async grow(key: string, count: number, from = 0): Promise<void> {
    for (let version = from; version < from + count; version += 1) await this.store.append(this.command(key, version, happened(version)));
  }

  private command(key: string, expected: number, event: DomainEvent): Append {
    return { commandId: randomUUID(), fingerprint: 'f', origin: { actor: 'a', source: 'API', correlationId: 'c' }, streams: [{ key, laneKey: key, expected, events: [event] }] };
  }

  /** Last position of each lane, as the event table has it. */
  async heads(): Promise<number[]> {
    const { rows } = await this.database.query<{ lane: number; head: number }>('select lane, max(position) head from es.events group by lane');
    const heads = new Map(rows.map(({ lane, head }) => [lane, head]));
    return Array.from({ length: Math.max(this.store.lanes, ...[...heads.keys()].map((lane) => lane + 1)) }, (_, lane) => heads.get(lane) ?? 0);
  }

  async close(): Promise<void> {
    await this.store.close();
    await this.database.close();
  }
}

export const names = (count: number, prefix = randomBytes(4).toString('hex')): string[] => Array.from({ length: count }, (_, i) => `${prefix}-${i}`);

/** One of the two feeds over real stores, a real server and, for Kafka, a real broker. Everything opened here is closed with it. */
export class Feeds {
  private readonly origins = new Map<string, Origin>();
  /** What stands on what: the later stages are closed after the earlier ones. */
  private readonly closing = { readers: [] as Closing[], relays: [] as Closing[], origins: [] as Closing[] };

  private constructor(
    readonly server: TestServer,
    readonly kafka: Brokers | null,
  ) {}

  static async open(kind: 'local' | 'kafka', brokers: 1 | 3 = 1): Promise<Feeds> {
    const [server, kafka] = await Promise.all([testServer(), kind === 'kafka' ? testKafka(brokers) : null]);
    return new Feeds(server, kafka);
  }

  /** Over Kafka with its relay, unless the test starts that itself. */
  async origin(options: Parameters<typeof Origin.open>[1] & { relayed?: boolean } = {}): Promise<Origin> {
    const origin = await Origin.open(this.server, options);
    if (!this.origins.has(origin.service)) this.origins.set(origin.service, origin);
    this.closing.origins.push(() => origin.close());
    if (this.kafka && options.relayed !== false) await this.relay(origin);
    return origin;
  }

  /** As a process of its own would run it. */
  async relay(origin: Origin, brokers: readonly string[] = this.kafka?.brokers ?? []): Promise<Relay> {
    const database = openDatabase(origin.url, { name: `${origin.service}-relay` });
    const relay = await startRelay({ store: origin.store, database, brokers, clientId: `${origin.service}-relay`, log: quiet });
    this.closing.relays.push(() => relay.stop().then(() => database.close()));
    return relay;
  }

  /**
   * A service with one lane of 13 events, of which the feed never gets the 11th: its row is gone, or its record was never sent.
   * `fill` puts it there: as a restored row, or by the relay that copies the lane anew into a topic that was deleted.
   */
  async withHole(): Promise<{ origin: Origin; fill: () => Promise<void> }> {
    const origin = await this.origin({ lanes: 1, relayed: false });
    await origin.grow('holed', 10);
    const { database, service } = origin;
    if (!this.kafka) {
      await origin.grow('holed', 3, 10);
      await database.query('create table held as table es.events with no data; with gone as (delete from es.events where position = 11 returning *) insert into held select * from gone');
      return { origin, fill: () => database.query('insert into es.events select * from held').then(() => undefined) };
    }
    const first = await this.relay(origin);
    await until('ten are published', () => first.status().lanes[0]?.position === 10);
    await first.stop();
    await origin.grow('holed', 3, 10);
    await database.query('update relay.positions set position = 11');
    const second = await this.relay(origin);
    await until('two more are published', () => second.status().lanes[0]?.position === 13);
    return { origin, fill: () => this.admin((admin) => admin.deleteTopics({ topics: [topicOf(service)] })) };
  }

  async admin<T>(work: (admin: Admin) => Promise<T>): Promise<T> {
    const admin = new Kafka({ brokers: this.kafka?.brokers ?? [], logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    return work(admin).finally(() => admin.disconnect());
  }

  /** As another process would open it. */
  feed(): Feed {
    const storeOf = (service: string): Promise<EventStore> => {
      const origin = this.origins.get(service);
      return origin ? Promise.resolve(origin.store) : Promise.reject(new Error(`no ${service} yet`));
    };
    const feed = this.kafka ? kafkaFeed({ brokers: this.kafka.brokers, clientId: 'reader', log: quiet }) : localFeed({ stores: storeOf, log: quiet });
    this.closing.readers.push(() => feed.close());
    return feed;
  }

  /** A host of views at work, with a database and a feed of its own unless told. */
  async host(views: readonly Hosted[], options: Partial<ViewHostOptions> & { url?: string } = {}): Promise<ViewHost & { database: Database; feed: Feed; url: string }> {
    const { url = await this.server.database(), ...rest } = options;
    const { name = `reader-of-${new URL(url).pathname.slice(1)}` } = options;
    const database = openDatabase(url, { name: `${name}-host` });
    const host = new ViewHost({ database, views, log: quiet, ...rest, name });
    const feed = this.feed();
    await host.start(feed);
    this.closing.readers.push(() => feed.close().then(() => host.close()).then(() => database.close()));
    return Object.assign(host, { database, feed, url });
  }

  async close(): Promise<void> {
    for (const stage of Object.values(this.closing)) await Promise.all(stage.map((close) => close()));
    await this.kafka?.stop();
    await this.server.stop();
  }
}
