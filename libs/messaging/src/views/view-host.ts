import type { RecordedEvent } from '#decider';
import type { Database } from '#postgres';
import { TryAgain, type Attachment, type Feed, type FeedBatch, type FeedPosition, type Log } from '../feed.js';
import { textOf } from '../waiting.js';
import { Generation } from './generation.js';
import { isReaction, type Halt, type Hosted, type ViewStatus } from './hosted.js';
import { Registry, schemaOf, type GenerationRow } from './registry.js';
import { Takeover } from './takeover.js';

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

interface Room {
  readonly hosted: Hosted;
  live: { row: GenerationRow; running: Generation | null };
  building: Generation | null;
  takeover: Takeover | null;
}

/** Waiting readers look into the database this often, in ms, in case another process folds the view. */
const LOOK_EVERY = 250;

/** Runs a service's views and automations: their tables, checkpoints, halts, rebuilds, and how far they are. */
export class ViewHost {
  private readonly registry: Registry;
  private readonly rooms = new Map<string, Room>();
  private readonly attachments = new Map<Generation, Attachment>();
  private readonly drops = new Map<NodeJS.Timeout, GenerationRow>();
  private feed?: Feed;

  constructor(private readonly options: ViewHostOptions) {
    this.registry = new Registry(options.database);
  }

  /** Makes or finds the tables, then reads from the feed. Views answer from here on, with what they have. */
  async start(feed: Feed): Promise<void> {
    this.feed = feed;
    await this.registry.prepare();
    for (const hosted of this.options.views) await this.open(hosted);
    for (const room of this.rooms.values()) {
      for (const generation of [room.live.running, room.building]) if (generation) await this.attach(generation);
    }
  }

  private async open(hosted: Hosted): Promise<void> {
    const [live, building] = await this.registry.open(hosted);
    if (!live) throw new Error(`no generation of ${hosted.name}`);
    const current = isReaction(hosted) || live.version === hosted.version;
    const room: Room = { hosted, live: { row: live, running: current ? this.generation(hosted, live) : null }, building: null, takeover: null };
    this.rooms.set(hosted.name, room);
    await room.live.running?.refresh();
    if (building) await this.build(room, building);
  }

  private async build(room: Room, row: GenerationRow): Promise<Generation> {
    room.building = this.generation(room.hosted, row);
    room.takeover = new Takeover(this.registry, room.live, room.building);
    await room.building.refresh();
    return room.building;
  }

  private generation(hosted: Hosted, row: GenerationRow): Generation {
    return new Generation({
      reader: this.options.name,
      hosted,
      row,
      registry: this.registry,
      advanced: (generation) => this.advanced(generation),
      halted: ({ row: { generation, view } }, halt) => this.options.log.error({ view, generation, ...halt }, 'view halted'),
      upcast: (batch) => this.upcast(batch),
    });
  }

  private upcast(batch: FeedBatch): FeedBatch {
    const { upcast } = this.options;
    if (!upcast) return batch;
    return { ...batch, events: batch.events.map((event) => ({ ...event, ...upcast(event.type, event.schemaVersion, event.data) })) };
  }

  private async attach(generation: Generation): Promise<void> {
    if (this.feed) this.attachments.set(generation, await this.feed.attach(generation));
  }

  private async advanced(generation: Generation): Promise<void> {
    const room = this.room(generation.row.view);
    if (room.building !== generation || !room.takeover || !(await room.takeover.attempt())) return;
    const old = room.live;
    generation.state = 'live';
    Object.assign(room, { live: { row: generation.row, running: generation }, building: null, takeover: null });
    this.options.log.info({ view: generation.row.view, generation: generation.row.generation }, 'view rebuilt');
    void this.retire(old);
  }

  private async retire({ row, running }: Room['live']): Promise<void> {
    const timer = setTimeout(() => {
      this.drops.delete(timer);
      this.registry.drop(row).catch((error: unknown) => this.options.log.warn({ ...row, error: textOf(error) }, 'old generation not dropped'));
    }, this.options.dropAfter ?? 10_000);
    this.drops.set(timer, row);
    if (!running) return;
    running.state = 'retired';
    await this.attachments.get(running)?.close();
    this.attachments.delete(running);
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
  async schemaAfter(view: string, event: RecordedEvent, timeoutMs = 10_000): Promise<string> {
    if (!(await this.reached(view, [event], timeoutMs))) throw new TryAgain(`${view} has not seen ${event.id} yet`);
    return this.schemaOf(view);
  }

  /** Every generation at work, live and building. */
  status(): ViewStatus[] {
    return [...this.rooms.values()].flatMap(({ live, building }) => [live.running, building].flatMap((generation) => generation?.status() ?? []));
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

  /** Tries the event at which a view stands once more. Recorded. */
  retry(view: string, actor: string): Promise<void> {
    return this.release(view, () => true, { action: 'retry', reason: '', actor });
  }

  /** Lets a view go on without the event at which it stands; its answers are incomplete from then on. Recorded with the reason. */
  skip(view: string, eventId: string, reason: string, actor: string): Promise<void> {
    if (!reason.trim()) return Promise.reject(new Error('a reason is needed to skip an event'));
    return this.release(view, (halt) => halt.kind !== 'gap' && halt.eventId === eventId, { action: 'skip', reason, actor });
  }

  private async release(view: string, fits: (halt: Halt) => boolean, intervention: { action: 'retry' | 'skip'; reason: string; actor: string }): Promise<void> {
    const { live, building } = this.room(view);
    const halted = [live.running, building].filter((generation) => generation?.halt && fits(generation.halt));
    if (halted.length === 0) throw new Error(`${view} is not halted there`);
    for (const generation of halted) if (generation?.halt) await generation.release(generation.halt, intervention);
  }

  /** Builds the view anew beside the live one, which answers until the new one has caught up. Resolves when it has begun. */
  async rebuild(view: string): Promise<void> {
    const room = this.room(view);
    if (isReaction(room.hosted)) throw new Error(`${view} is an automation: what it has done stays done`);
    const { row, begun } = await this.registry.begin(room.hosted);
    if (begun) await this.attach(await this.build(room, row));
  }

  /** Finishes the batches in hand. */
  async close(): Promise<void> {
    for (const { takeover } of this.rooms.values()) takeover?.release();
    await Promise.all([...this.attachments.values()].map((attachment) => attachment.close()));
    for (const generation of this.attachments.keys()) await generation.keep();
    for (const timer of this.drops.keys()) clearTimeout(timer);
  }
}
