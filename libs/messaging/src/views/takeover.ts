import type { Tx } from '#postgres';
import type { Generation } from './generation.js';
import type { CheckpointRow, GenerationRow, Registry } from './registry.js';

/** The live generation waits while the new one is this close behind, so that the two meet. */
const CLOSE = 5000;
/** Milliseconds that it waits at most. */
const PATIENCE = 30_000;

/** Lets a generation that was built beside the live one take its place, once it has taken in all that the live one has. */
export class Takeover {
  private letGo?: () => void;
  private frozen?: Promise<CheckpointRow[]>;

  constructor(
    private readonly registry: Registry,
    readonly live: { row: GenerationRow; running: Generation | null },
    readonly next: Generation,
  ) {}

  /** True when it has just taken over. */
  async attempt(): Promise<boolean> {
    const distance = this.next.progress.distanceTo(await this.liveLanes());
    if (distance > CLOSE) return false;
    if (distance > 0) {
      this.hold();
      return false;
    }
    const done = await this.registry.database.transaction((tx) => this.swap(tx));
    if (done) this.release();
    return done;
  }

  /** A live generation of an older version is not run here: it stands where it was left. */
  private liveLanes(): Promise<readonly { service: string; lane: number; position: number }[]> | readonly { service: string; lane: number; position: number }[] {
    if (this.live.running) return this.live.running.progress.list();
    this.frozen ??= this.registry.checkpoints(this.registry.database, this.live.row);
    return this.frozen;
  }

  private async swap(tx: Tx): Promise<boolean> {
    await tx.query('select 1 from views.generations where view = $1 order by generation for update', [this.next.row.view]);
    const live = await this.registry.checkpoints(tx, this.live.row);
    if (this.next.progress.distanceTo(live) > 0) return false;
    await this.registry.mark(tx, this.live.row, 'retired');
    await this.registry.mark(tx, this.next.row, 'live');
    return true;
  }

  private hold(): void {
    if (this.letGo || !this.live.running) return;
    const until = new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, PATIENCE);
      this.letGo = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.live.running.hold(until);
  }

  release(): void {
    this.letGo?.();
    this.letGo = undefined;
  }
}
