import type { Attachment, Feed, FeedHandler, Log } from '../feed.js';
import type { FeedStore } from '../feed-store.js';
import { deliverLane } from './lane.js';
import { LocalSource } from './source.js';
import { Backoff, Complaint, pause } from '../waiting.js';

export interface LocalFeedOptions {
  /** The store of a service in this process; asked once a service, and again while it throws. */
  readonly stores: (service: string) => Promise<FeedStore>;
  readonly log: Log;
}

/** Feed over event tables in reach of this process: notified, and polling to be sure. */
export const localFeed = (options: LocalFeedOptions): Feed => new LocalFeed(options);

/** Milliseconds after which lanes are counted though nothing rang. */
const LOOK_EVERY = 2000;

class LocalFeed implements Feed {
  private readonly sources = new Map<string, LocalSource>();
  private readonly attachments = new Set<Attachment>();

  constructor(private readonly options: LocalFeedOptions) {}

  attach(handler: FeedHandler): Promise<Attachment> {
    const ending = new AbortController();
    const services = handler.services.map((service) => this.follow(handler, service, ending.signal));
    const attachment: Attachment = {
      close: async () => {
        this.attachments.delete(attachment);
        ending.abort();
        await Promise.all(services);
      },
    };
    this.attachments.add(attachment);
    return Promise.resolve(attachment);
  }

  /** Delivers every lane of a service, those that are added meanwhile too. */
  private async follow(handler: FeedHandler, service: string, ending: AbortSignal): Promise<void> {
    const { log } = this.options;
    const backoff = new Backoff(100, 1000);
    const complaint = new Complaint(log, { group: handler.group, service });
    const lanes: Promise<void>[] = [];
    const told = (): number => lanes.length;
    while (!ending.aborted) {
      try {
        const source = await this.source(service);
        const heard = source.bell.count;
        if (source.lanes > told()) await handler.onLanes?.(service, source.lanes);
        for (let lane = told(); lane < source.lanes; lane += 1) lanes.push(deliverLane({ handler, source, lane, told, ending, log }));
        backoff.reset();
        complaint.over();
        await source.bell.wait(heard, LOOK_EVERY, ending);
      } catch (error) {
        complaint.about(error, 'feed not there yet');
        await pause(backoff.take(), ending);
      }
    }
    await Promise.all(lanes);
  }

  private async source(service: string): Promise<LocalSource> {
    const known = this.sources.get(service);
    if (known) return known;
    const store = await this.options.stores(service);
    const source = this.sources.get(service) ?? new LocalSource(service, store, this.options.log);
    this.sources.set(service, source);
    return source;
  }

  async close(): Promise<void> {
    await Promise.all([...this.attachments].map((attachment) => attachment.close()));
    for (const source of this.sources.values()) source.close();
    this.sources.clear();
  }
}
