import type { FeedBatch, FeedHandler } from '../feed.js';
import { pause, Turns } from '../waiting.js';
import type { LaneRef } from './checkpoint.js';
import { Halted } from './failure.js';
import { Folder } from './fold.js';
import { isReaction, type GenerationState, type Halt, type Hosted, type ViewStatus } from './hosted.js';
import { Progress } from './progress.js';
import type { GenerationRow, Intervention, Registry } from './registry.js';

export interface GenerationOptions {
  /** Of the service that reads. */
  readonly reader: string;
  readonly hosted: Hosted;
  readonly row: GenerationRow;
  readonly registry: Registry;
  /** Told after every batch taken in. */
  readonly advanced: (generation: Generation) => Promise<void>;
  readonly halted: (generation: Generation, halt: Halt) => void;
  readonly upcast: (batch: FeedBatch) => FeedBatch;
}

interface Arrived {
  readonly batch: FeedBatch;
  resolve(): void;
  reject(error: unknown): void;
}
/** Events taken in at once, unless a single batch has more. */
const TOGETHER = 5000;
/** Milliseconds since the last batches within which more are expected, and how long they are waited for. */
const BUSY = 200;
const LINGER = 30;

/** One generation of one view at work: what the feed delivers to. Its lanes take turns, so that no fold races another. */
export class Generation implements FeedHandler {
  readonly group: string;
  readonly services: readonly string[];
  readonly progress: Progress;
  readonly row: GenerationRow;
  state: GenerationState;
  halt: Halt | null = null;
  skipped = 0;
  private collecting: boolean;
  private readonly turns = new Turns();
  private readonly waiting: Arrived[] = [];
  private tookInAt = -Infinity;
  private readonly folder: Folder;
  private held: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: GenerationOptions) {
    const { hosted, row, registry, reader } = options;
    this.row = row;
    this.state = row.state;
    this.collecting = row.collecting;
    this.group = `${reader}.${hosted.name}.g${row.generation}`;
    this.services = hosted.services;
    this.progress = new Progress(hosted.services);
    this.folder = new Folder({
      hosted,
      row,
      registry,
      moved: ({ service, lane }: LaneRef, position, completeTo) => this.progress.note(service, lane, { position, completeTo }),
      halted: (halt) => {
        this.halt = halt;
        options.halted(this, halt);
      },
    });
  }

  /** Reads what the database knows: at the start, and when another process may be folding. */
  async refresh(): Promise<void> {
    const { registry } = this.options;
    for (const { service, lane, ...seen } of await registry.checkpoints(registry.database, this.row)) this.progress.note(service, lane, seen);
    this.skipped = await registry.skipped(this.row);
  }

  async onLanes(service: string, lanes: number): Promise<void> {
    await this.options.registry.addLanes(this.row, service, lanes);
    this.progress.count(service, lanes);
  }

  async checkpoint(service: string, lane: number): Promise<number> {
    const { registry } = this.options;
    const rows = await registry.checkpoints(registry.database, this.row);
    return rows.find((row) => row.service === service && row.lane === lane)?.position ?? 0;
  }

  onBatch(batch: FeedBatch): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ batch, resolve, reject });
      void this.turns.take(() => this.takeIn());
    });
  }

  /** What the lanes have brought meanwhile goes in together; if that fails, one lane after the other, so that only the guilty one stays behind. */
  private async takeIn(): Promise<void> {
    await this.held;
    if (this.waiting.length === 0) return;
    // Under load the other lanes' batches are on their way: they share the transaction.
    if (performance.now() - this.tookInAt < BUSY) await pause(LINGER);
    const arrived = this.next();
    this.tookInAt = performance.now();
    const one = async ({ batch, resolve, reject }: Arrived): Promise<void> => this.take([batch]).then(resolve, reject);
    if (arrived.length < 2) return void (await Promise.all(arrived.map(one)));
    try {
      await this.take(arrived.map(({ batch }) => batch));
      for (const { resolve } of arrived) resolve();
    } catch {
      for (const each of arrived) await one(each);
    }
  }

  private next(): Arrived[] {
    let events = 0;
    const more = this.waiting.findIndex(({ batch }, i) => (events += batch.events.length) > TOGETHER && i > 0);
    return this.waiting.splice(0, more < 0 ? this.waiting.length : more);
  }

  private async take(batches: readonly FeedBatch[]): Promise<void> {
    if (this.halt) throw new Halted(`${this.row.view} is halted at ${this.halt.eventId}`);
    const told = batches.filter(({ events, unreadable }) => events.length > 0 || unreadable).map((batch) => this.options.upcast(batch));
    const [first] = told;
    if (told.length > 1) await this.folder.together(told);
    else if (first) await this.folder.take(first);
    for (const { service, lane, completeTo, behind } of batches) this.progress.note(service, lane, { position: 0, completeTo, behind });
    await this.options.advanced(this);
  }

  /** Makes the tables of what was collected, when that is how this generation is built. */
  async complete(): Promise<void> {
    const { hosted, registry } = this.options;
    if (!this.collecting || isReaction(hosted)) return;
    await registry.complete(this.row, hosted);
    this.collecting = false;
  }

  /** Takes in nothing more until this resolves. */
  hold(until: Promise<unknown>): void {
    this.held = until;
  }

  async release(halt: Halt, intervention: Intervention): Promise<void> {
    await this.options.registry.record(this.row, halt, intervention);
    if (intervention.action === 'skip') this.skipped += 1;
    this.halt = null;
  }

  /** Keeps what frontiers have told, which no fold has written down yet. */
  async keep(): Promise<void> {
    const { registry } = this.options;
    for (const { service, lane, position, completeTo } of this.progress.list()) {
      await registry.keep(this.row, { service, lane, position, completeTo });
    }
  }

  status(): ViewStatus {
    const { hosted, row } = this.options;
    return {
      view: hosted.name,
      kind: isReaction(hosted) ? 'automation' : 'view',
      version: row.version,
      generation: row.generation,
      state: this.state,
      lanes: this.progress.list(),
      watermark: this.progress.watermark,
      halted: this.halt,
      skipped: this.skipped,
    };
  }
}
