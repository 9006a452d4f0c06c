import type { Admin, Kafka } from 'kafkajs';
import type { Log } from '../feed.js';
import { Complaint, pause } from '../waiting.js';
import { serviceOf, topicOf } from './record.js';

/** Milliseconds between looks for topics that are not there yet, and for lanes added to those that are. */
const SOON = 1000;
const LATER = 5000;

export type Lanes = ReadonlyMap<string, number>;
const same = (a: Lanes, b: Lanes): boolean => a.size === b.size && [...a].every(([service, lanes]) => b.get(service) === lanes);

/** Which services have a topic, and with how many lanes. One admin connection for all readers of a feed. */
export class Topics {
  private admin?: Promise<Admin>;
  private known?: { at: number; lanes: Promise<Lanes> };
  private readonly ending = new AbortController();
  private readonly complaint: Complaint;

  constructor(
    private readonly kafka: Kafka,
    log: Log,
  ) {
    this.complaint = new Complaint(log, {});
  }

  /** Waits for the first topic of these services; `changed` is called once when there are more topics or lanes. Null: ended before. */
  async watch(services: readonly string[], ending: AbortSignal, changed: () => void): Promise<Lanes | null> {
    const until = AbortSignal.any([ending, this.ending.signal]);
    while (!until.aborted) {
      const lanes = await this.look(services);
      if (lanes.size > 0) {
        void this.compare({ services, lanes, until }, changed);
        return lanes;
      }
      await pause(SOON, until);
    }
    return null;
  }

  private async compare(seen: { services: readonly string[]; lanes: Lanes; until: AbortSignal }, changed: () => void): Promise<void> {
    const { services, lanes, until } = seen;
    while (!until.aborted) {
      await pause(lanes.size < services.length ? SOON : LATER, until);
      if (until.aborted) return;
      const now = await this.look(services);
      if (now.size > 0 && !same(now, lanes)) return changed();
    }
  }

  /** Nothing when the brokers are away. */
  private async look(services: readonly string[]): Promise<Lanes> {
    if (!this.known || Date.now() - this.known.at > SOON / 2) this.known = { at: Date.now(), lanes: this.ask() };
    const all = await this.known.lanes;
    return new Map(services.flatMap((service) => (all.has(service) ? [[service, all.get(service) ?? 0] as const] : [])));
  }

  private async ask(): Promise<Lanes> {
    try {
      this.admin ??= this.connect();
      const { topics } = await (await this.admin).fetchTopicMetadata();
      this.complaint.over();
      return new Map(topics.filter(({ name }) => topicOf(serviceOf(name)) === name).map(({ name, partitions }) => [serviceOf(name), partitions.length]));
    } catch (error) {
      void this.disconnect();
      this.complaint.about(error, 'topics cannot be listed');
      return new Map();
    }
  }

  private async connect(): Promise<Admin> {
    const admin = this.kafka.admin({ retry: { retries: 1 } });
    await admin.connect();
    return admin;
  }

  private async disconnect(): Promise<void> {
    const { admin } = this;
    this.admin = undefined;
    await admin?.then((connected) => connected.disconnect()).catch(() => undefined);
  }

  async close(): Promise<void> {
    this.ending.abort();
    await this.disconnect();
  }
}
