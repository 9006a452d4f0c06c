import type { Attachment, Feed, FeedBatch, Log } from '../feed.js';
import { textOf, Turns } from '../waiting.js';
import { isPassing, Retired } from './failure.js';
import { Generation } from './generation.js';
import { isReaction, type Hosted } from './hosted.js';
import type { GenerationRow, Registry } from './registry.js';
import { Takeover, type Live } from './takeover.js';

export interface RoomOptions {
  /** Of the service that reads. */
  readonly reader: string;
  readonly hosted: Hosted;
  readonly registry: Registry;
  readonly feed: Feed;
  readonly log: Log;
  readonly upcast: (batch: FeedBatch) => FeedBatch;
  /** Milliseconds for which the tables of a generation outlive its takeover. */
  readonly dropAfter: number;
}

/** The generations of one view in this process: the live one, and one that is built beside it. */
export class Room {
  live: Live;
  building: Generation | null = null;
  private takeover: Takeover | null = null;
  private readonly turns = new Turns();
  private readonly attachments = new Map<Generation, Attachment>();
  private readonly drops = new Set<NodeJS.Timeout>();

  private constructor(
    private readonly options: RoomOptions,
    row: GenerationRow,
  ) {
    this.live = { row, running: this.runs(row) ? this.generation(row) : null };
  }

  static async open(options: RoomOptions): Promise<Room> {
    const [live, building] = await options.registry.open(options.hosted);
    if (!live) throw new Error(`no generation of ${options.hosted.name}`);
    const room = new Room(options, live);
    await room.live.running?.refresh();
    if (building) await room.build(building);
    return room;
  }

  get hosted(): Hosted {
    return this.options.hosted;
  }

  get generations(): Generation[] {
    return [this.live.running, this.building].flatMap((generation) => generation ?? []);
  }

  async attach(): Promise<void> {
    for (const generation of this.generations) {
      if (!this.attachments.has(generation)) this.attachments.set(generation, await this.options.feed.attach(generation));
    }
  }

  /** Begins one more generation, unless one is being built. */
  rebuild(): Promise<void> {
    const { registry, hosted } = this.options;
    return this.turns.take(async () => {
      const row = await registry.begin(hosted);
      if (this.building?.row.generation !== row.generation) await this.build(row);
      await this.attach();
    });
  }

  /** Does as other processes have done, which began, finished or gave up a generation. */
  follow(rows: readonly GenerationRow[]): Promise<void> {
    return this.turns.take(async () => {
      const live = rows.find(({ state }) => state === 'live');
      const building = rows.find((row) => row.state === 'building' && this.runs(row));
      if (live) await this.followLive(live);
      if (this.building && rows.every(({ generation }) => generation !== this.building?.row.generation)) await this.giveUp(this.building);
      if (building && building.generation > this.live.row.generation && !this.building) await this.build(building);
      await this.attach();
    });
  }

  private async followLive(row: GenerationRow): Promise<void> {
    if (row.generation <= this.live.row.generation) return;
    if (this.building?.row.generation === row.generation) return this.promote(this.building);
    const running = this.runs(row) ? this.generation(row) : null;
    await running?.refresh();
    const old = this.live;
    this.live = { row, running };
    void this.retire(old);
  }

  private runs({ version }: GenerationRow): boolean {
    return isReaction(this.hosted) || version === this.hosted.version;
  }

  private async build(row: GenerationRow): Promise<void> {
    const building = this.generation(row);
    await building.refresh();
    this.takeover = new Takeover(this.options.registry, () => this.live, row, () => this.complete(building));
    this.building = building;
  }

  private generation(row: GenerationRow): Generation {
    const { reader, hosted, registry, upcast, log } = this.options;
    return new Generation({
      reader,
      hosted,
      row,
      registry,
      advanced: (generation) => this.advanced(generation),
      halted: ({ row: { generation, view } }, halt) => log.error({ view, generation, ...halt }, 'view halted'),
      upcast,
    });
  }

  private async advanced(generation: Generation): Promise<void> {
    if (this.building === generation && (await this.takeover?.attempt())) this.promote(generation);
  }

  /** Where the tables cannot be made at once, the event at fault is found by folding one after the other. */
  private async complete(building: Generation): Promise<void> {
    const { registry, hosted, log } = this.options;
    try {
      await building.complete();
    } catch (error) {
      if (isPassing(error)) throw error;
      const { view, generation } = building.row;
      log.error({ view, generation, error: textOf(error) }, 'not made of what was collected: begun anew, to be folded from the start');
      await registry.beginPlainly(building.row, hosted);
      throw new Retired(`generation ${generation} of ${view} was given up`);
    }
  }

  private promote(generation: Generation): void {
    if (this.building !== generation) return;
    const old = this.live;
    generation.state = 'live';
    this.live = { row: generation.row, running: generation };
    this.building = null;
    this.takeover?.release();
    this.takeover = null;
    this.options.log.info({ view: generation.row.view, generation: generation.row.generation }, 'view rebuilt');
    void this.retire(old);
  }

  private async retire({ row, running }: Live): Promise<void> {
    const { registry, log, dropAfter } = this.options;
    const timer = setTimeout(() => {
      this.drops.delete(timer);
      registry.drop(row).catch((error: unknown) => log.warn({ ...row, error: textOf(error) }, 'old generation not dropped'));
    }, dropAfter);
    this.drops.add(timer);
    if (running) await this.leave(running);
  }

  private async giveUp(generation: Generation): Promise<void> {
    this.building = null;
    this.takeover?.release();
    this.takeover = null;
    await this.leave(generation);
  }

  private async leave(generation: Generation): Promise<void> {
    generation.state = 'retired';
    await this.attachments.get(generation)?.close();
    this.attachments.delete(generation);
  }

  /** Finishes the batches in hand, and keeps what frontiers have told. */
  async close(): Promise<void> {
    this.takeover?.release();
    for (const timer of this.drops) clearTimeout(timer);
    await Promise.all([...this.attachments.values()].map((attachment) => attachment.close()));
    for (const generation of this.attachments.keys()) await generation.keep();
  }
}
