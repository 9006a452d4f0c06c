import type { RecordedEvent } from '#decider';
import type { Log } from '../feed.js';
import type { FeedStore } from '../feed-store.js';
import { Bell, Complaint, pause } from '../waiting.js';

interface SharedPage {
  readonly after: number;
  readonly rung: number;
  readonly events: Promise<RecordedEvent[]>;
}
export interface Frontier {
  readonly lane: number;
  readonly position: number;
  readonly completeTo: number;
}
/** Frontiers are asked at every wake-up, and at least this often, in milliseconds: the longest that a lost notification delays an event. */
const FRONTIER_EVERY = 1000;
/** After a wake-up further notices wait so many milliseconds: what is quiet is told at once, what is busy in larger batches. */
const QUIET = 100;

/** One service's event table, watched once for all its readers in this process. */
export class LocalSource {
  readonly bell = new Bell();
  private readonly ending = new AbortController();
  private readonly forget: () => void;
  private frontiers = new Map<number, Frontier>();
  private readonly pages = new Map<number, SharedPage>();
  private resting?: NodeJS.Timeout;
  private notified = false;
  private movedAt = Date.now();

  constructor(
    readonly service: string,
    private readonly store: FeedStore,
    private readonly log: Log,
  ) {
    this.forget = store.onAppend(() => this.notify());
    void this.watch();
  }

  /** As many as the store was opened with, and those that another process has added since. */
  get lanes(): number {
    return Math.max(this.store.lanes, this.frontiers.size);
  }

  /** Readers at one place share one query: a page is as good as new until the next ring. A lane without news is not asked. */
  read(lane: number, after: number, limit: number): Promise<RecordedEvent[]> {
    if ((this.frontiers.get(lane)?.position ?? Infinity) <= after) return Promise.resolve([]);
    const shared = this.pages.get(lane);
    if (shared && shared.after === after && shared.rung === this.bell.count) return shared.events;
    const page = { after, rung: this.bell.count, events: this.store.read(lane, after, limit) };
    this.pages.set(lane, page);
    page.events.catch(() => this.pages.get(lane) === page && this.pages.delete(lane));
    return page.events;
  }

  private notify(): void {
    this.notified = true;
    if (this.resting) return;
    this.notified = false;
    this.resting = setTimeout(() => {
      this.resting = undefined;
      if (this.notified) this.notify();
    }, QUIET);
    // One question tells which lanes are worth reading; where it fails, the watch asks again.
    this.store.frontiers().then((frontiers) => this.look(frontiers), () => undefined);
  }

  frontier(lane: number): Frontier | undefined {
    return this.frontiers.get(lane);
  }

  /** Milliseconds since the service's last event, as far as this process has seen. */
  get silence(): number {
    return Date.now() - this.movedAt;
  }

  private look(frontiers: readonly Frontier[]): void {
    if (frontiers.some(({ lane, position }) => position !== this.frontiers.get(lane)?.position)) this.movedAt = Date.now();
    this.frontiers = new Map(frontiers.map((frontier) => [frontier.lane, frontier]));
    this.bell.ring();
  }

  private async watch(): Promise<void> {
    const complaint = new Complaint(this.log, { service: this.service });
    while (!this.ending.signal.aborted) {
      try {
        this.look(await this.store.frontiers());
        complaint.over();
      } catch (error) {
        if (!this.ending.signal.aborted) complaint.about(error, 'no frontiers');
      }
      await pause(FRONTIER_EVERY, this.ending.signal);
    }
  }

  close(): void {
    this.ending.abort();
    clearTimeout(this.resting);
    this.pages.clear();
    this.forget();
  }
}
