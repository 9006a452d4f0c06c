import type { EventStore } from '#event-store';
import { migrate, type Database, type Session } from '#postgres';
import { LocalSource } from '../local/source.js';
import type { FeedStore } from '../feed-store.js';
import { Backoff, pause, textOf, Turns } from '../waiting.js';
import { kafkaClient, type KafkaClientOptions } from './client.js';
import { Publisher } from './publisher.js';
import { topicOf } from './record.js';
import { relayLane } from './relay-lane.js';
import { CreateRelay1668000000001 } from './relay-migration.js';
import { prepareTopic } from './topic.js';

export interface RelayOptions extends KafkaClientOptions {
  readonly store: FeedStore & Pick<EventStore, 'service'>;
  /** The service's own database: keeps the positions, and the lock that lets one relay be active. */
  readonly database: Database;
}

export interface RelayStatus {
  /** `standby`: another process relays. `waiting`: the broker or the database is away, or has just failed. */
  readonly state: 'standby' | 'waiting' | 'active' | 'stopped';
  readonly lanes: readonly { lane: number; position: number; head: number }[];
  readonly error: string | null;
}

export interface Relay {
  status(): RelayStatus;
  /** Finishes the sends in hand. */
  stop(): Promise<void>;
}

const STANDBY_LOOKS_EVERY = 500;

/** Publishes a service's lanes to its topic for as long as it is not stopped; returns once its table is there. The broker may be away. */
export const startRelay = async (options: RelayOptions): Promise<Relay> => {
  await migrate(options.database.url, [CreateRelay1668000000001], { table: 'relay_migrations' });
  return new LaneRelays(options);
};

class LaneRelays implements Relay {
  private readonly topic: string;
  private readonly source: LocalSource;
  private readonly ending = new AbortController();
  private readonly done: Promise<void>;
  private readonly positions = new Map<number, number>();
  private state: RelayStatus['state'] = 'waiting';
  private error: string | null = null;

  constructor(private readonly options: RelayOptions) {
    const { store, log } = options;
    this.topic = topicOf(store.service);
    this.source = new LocalSource(store.service, store, log);
    this.done = this.keepUp();
  }

  status(): RelayStatus {
    const lanes = [...this.positions].map(([lane, position]) => ({ lane, position, head: Math.max(position, this.source.frontier(lane)?.position ?? 0) }));
    return { state: this.state, lanes, error: this.error };
  }

  async stop(): Promise<void> {
    this.ending.abort();
    await this.done;
    this.source.close();
    this.state = 'stopped';
  }

  /** Holds one session for as long as it lives: the lock that makes this relay the active one goes with it. */
  private async keepUp(): Promise<void> {
    const backoff = new Backoff(200, 3000);
    while (!this.ending.signal.aborted) {
      let session: Session | undefined;
      try {
        session = await this.options.database.connect();
        if (await this.elected(session)) await this.lead(session, backoff);
      } catch (error) {
        this.complain(error);
        await pause(backoff.take(), this.ending.signal);
      } finally {
        await session?.close().catch(() => undefined);
      }
    }
  }

  private complain(error: unknown): void {
    const text = textOf(error);
    if (text !== this.error) this.options.log.warn({ topic: this.topic, error: text }, 'relay interrupted, to go on from its checkpoint');
    this.state = 'waiting';
    this.error = text;
  }

  private async elected(session: Session): Promise<boolean> {
    while (!this.ending.signal.aborted) {
      const { rows } = await session.query<{ got: boolean }>('select pg_try_advisory_lock(hashtextextended($1, 11)) as got', [`relay.${this.topic}`]);
      if (rows[0]?.got) return true;
      this.state = 'standby';
      await pause(STANDBY_LOOKS_EVERY, this.ending.signal);
    }
    return false;
  }

  /** Relays every lane until the end or the first failure, then lets all of them come to rest. */
  private async lead(session: Session, backoff: Backoff): Promise<void> {
    const { log, ...client } = this.options;
    const kafka = kafkaClient({ ...client, log });
    const count = this.source.lanes;
    const empty = await prepareTopic(kafka, this.topic, count);
    const publisher = new Publisher(kafka, this.topic);
    const failing = new AbortController();
    const ending = AbortSignal.any([this.ending.signal, failing.signal]);
    try {
      await publisher.connect();
      await this.recall(session, count, empty);
      this.state = 'active';
      this.error = null;
      backoff.reset();
      const turns = new Turns();
      const save = (lane: number, position: number): Promise<void> => turns.take(() => this.save(session, lane, position));
      const elected = (): Promise<unknown> => turns.take(() => session.query('select 1'));
      const lanes = [...this.positions].map(([lane, from]) => relayLane({ source: this.source, publisher, lane, from, save, ending }));
      const all = [...lanes, this.stayElected(elected, count, ending)].map((work) => work.catch((error: unknown) => failing.abort(error)));
      await Promise.all(all);
      if (failing.signal.aborted) throw failing.signal.reason;
    } finally {
      await publisher.close();
    }
  }

  /** Notices a lost session even when nothing is published, and lanes that were added. */
  private async stayElected(elected: () => Promise<unknown>, count: number, ending: AbortSignal): Promise<void> {
    while (!ending.aborted) {
      await pause(1000, ending);
      if (!ending.aborted) await elected();
      if (this.source.lanes > count) throw new Error(`there are ${this.source.lanes} lanes now`);
    }
  }

  /** Where to go on; from the start where the topic is empty, because the broker has lost or never had it. */
  private async recall(session: Session, count: number, empty: ReadonlySet<number>): Promise<void> {
    const { rows } = await session.query<{ lane: number; position: number }>('select lane, position from relay.positions where topic = $1', [this.topic]);
    const saved = new Map(rows.map(({ lane, position }) => [lane, Number(position)]));
    for (let lane = 0; lane < count; lane += 1) {
      const position = empty.has(lane) ? 0 : (saved.get(lane) ?? 0);
      if (position === 0) await this.save(session, lane, 0);
      this.positions.set(lane, position);
    }
  }

  private async save(session: Session, lane: number, position: number): Promise<void> {
    await session.query(
      `insert into relay.positions (topic, lane, position) values ($1, $2, $3)
       on conflict (topic, lane) do update set position = excluded.position`,
      [this.topic, lane, position],
    );
    this.positions.set(lane, position);
  }
}
