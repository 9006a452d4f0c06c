import type { RecordedEvent } from '#decider';
import type { Database } from '#postgres';
import { TryAgain, type Feed, type FeedBatch, type FeedPosition, type Log } from '../feed.js';
import { Complaint, pause } from '../waiting.js';
import { isReaction, type Hosted, type ViewStatus } from './hosted.js';
import { Registry, schemaOf } from './registry.js';
import { Room } from './room.js';
import { endingHalts } from './stays-halted.js';

export interface ViewHostOptions {
  /** The service that reads; part of the consumer groups' names. */
  readonly name: string;
  readonly database: Database;
  readonly views: readonly Hosted[];
  readonly log: Log;
  /** Brings the data of an older schema version to today's; the feed may hold events older than this code. */
  readonly upcast?: (type: string, schemaVersion: number, data: unknown) => { schemaVersion: number; data: unknown };
  /** Milliseconds for which the tables of a generation outlive its takeover, for answers on the way. Default 10 s. */
  readonly dropAfter?: number;
}

/** Waiting readers look into the database this often, in ms, in case another process folds the view. */
const LOOK_EVERY = 250;

/** Generations that other processes begin or finish are looked for this often, in ms: well before the tables of an old one go. */
const FOLLOW_EVERY = 2000;

/** Runs a service's views and automations: their tables, checkpoints, halts, rebuilds, and how far they are. */
export class ViewHost {
  private readonly registry: Registry;
  private readonly rooms = new Map<string, Room>();
  private readonly ending = new AbortController();
  private following: Promise<void> = Promise.resolve();

  constructor(private readonly options: ViewHostOptions) {
    this.registry = new Registry(options.database);
  }

  /** Makes or finds the tables, then reads from the feed. Views answer from here on, with what they have. */
  async start(feed: Feed): Promise<void> {
    const { name: reader, views, log, dropAfter = 10_000 } = this.options;
    await this.registry.prepare();
    const upcast = (batch: FeedBatch): FeedBatch => this.upcast(batch);
    for (const hosted of views) this.rooms.set(hosted.name, await Room.open({ reader, hosted, registry: this.registry, feed, log, upcast, dropAfter }));
    for (const room of this.rooms.values()) await room.attach();
    this.following = this.follow();
  }

  private async follow(): Promise<void> {
    const complaint = new Complaint(this.options.log, { host: this.options.name });
    for (;;) {
      await pause(FOLLOW_EVERY, this.ending.signal);
      if (this.ending.signal.aborted) return;
      try {
        const rows = await this.registry.current();
        for (const [view, room] of this.rooms) await room.follow(rows.filter((row) => row.view === view));
        complaint.over();
      } catch (error) {
        complaint.about(error, 'generations of other processes cannot be seen');
      }
    }
  }

  private upcast(batch: FeedBatch): FeedBatch {
    const { upcast } = this.options;
    if (!upcast) return batch;
    return { ...batch, events: batch.events.map((event) => ({ ...event, ...upcast(event.type, event.schemaVersion, event.data) })) };
  }

  private room(view: string): Room {
    const room = this.rooms.get(view);
    if (!room) throw new Error(`no view ${view} in ${this.options.name}`);
    return room;
  }

  /** Schema of the live generation, for a query. Throws for a view that this service does not host. */
  schemaOf(view: string): string {
    return schemaOf(this.room(view).live.row);
  }

  /** The same, once the view has seen the event. @throws TryAgain when it has not within `timeoutMs` */
  async schemaAfter(view: string, event: RecordedEvent, timeoutMs = 3000): Promise<string> {
    if (!(await this.reached(view, [event], timeoutMs))) throw new TryAgain(`${view} has not seen ${event.id} yet`);
    return this.schemaOf(view);
  }

  /** Every generation at work, live and building. */
  status(): ViewStatus[] {
    return [...this.rooms.values()].flatMap(({ generations }) => generations.map((generation) => generation.status()));
  }

  /** Epoch ms up to which every recorded event is in the live generation; 0 while a lane has not been heard of. */
  watermark(view: string): number {
    return this.room(view).live.running?.progress.watermark ?? 0;
  }

  /** Waits until a view (null: all of them) has taken in these places. False: not within `timeoutMs`, or it is halted. */
  async reached(view: string | null, at: readonly FeedPosition[], timeoutMs: number): Promise<boolean> {
    const deadline = Date.now() + timeoutMs;
    const rooms = view === null ? [...this.rooms.values()].filter(({ hosted }) => !isReaction(hosted)) : [this.room(view)];
    const results = await Promise.all(rooms.map((room) => this.roomReached(room, at, deadline)));
    return results.every(Boolean);
  }

  private async roomReached(room: Room, at: readonly FeedPosition[], deadline: number): Promise<boolean> {
    for (;;) {
      const generation = room.live.running;
      if (!generation) return false;
      const heard = generation.progress.heard;
      if (generation.progress.has(at)) return true;
      const left = deadline - Date.now();
      if (left <= 0 || generation.halt) return false;
      await generation.progress.changed(heard, Math.min(left, LOOK_EVERY));
      if (generation.progress.heard === heard) await generation.refresh();
    }
  }

  /** Tries the event at which a view stands once more. Recorded. @throws StaysHalted */
  retry(view: string, actor: string): Promise<void> {
    return this.release(view, undefined, { action: 'retry', reason: '', actor });
  }

  /** Lets a view go on without the event at which it stands; its answers are incomplete from then on. Recorded with the reason. @throws StaysHalted */
  skip(view: string, eventId: string, reason: string, actor: string): Promise<void> {
    if (!reason.trim()) return Promise.reject(new Error('a reason is needed to skip an event'));
    return this.release(view, eventId, { action: 'skip', reason, actor });
  }

  private async release(view: string, eventId: string | undefined, intervention: { action: 'retry' | 'skip'; reason: string; actor: string }): Promise<void> {
    const halted = this.room(view).generations.flatMap((generation) => (generation.halt ? [{ generation, halt: generation.halt }] : []));
    const ending = endingHalts(view, halted.map(({ halt }) => halt), eventId);
    for (const { generation, halt } of halted) if (ending.includes(halt)) await generation.release(halt, intervention);
  }

  /** Builds the view anew beside the live one, which answers until the new one has caught up. Resolves when it has begun. */
  async rebuild(view: string): Promise<void> {
    const room = this.room(view);
    if (isReaction(room.hosted)) throw new Error(`${view} is an automation: what it has done stays done`);
    await room.rebuild();
  }

  /** Finishes the batches in hand. */
  async close(): Promise<void> {
    this.ending.abort();
    await this.following;
    await Promise.all([...this.rooms.values()].map((room) => room.close()));
  }
}
