import type { Tx } from '#postgres';
import type { Generation } from './generation.js';
import type { CheckpointRow, GenerationRow, Registry } from './registry.js';

/** The live generation waits while the new one is this close behind, so that the two meet. */
const CLOSE = 5000;
/** Milliseconds that it waits at most, and until it may be asked to wait again. */
const PATIENCE = 5000;
const RESPITE = 30_000;

export interface Live {
  readonly row: GenerationRow;
  /** A live generation of an older version is not run here: it stands where it was left. */
  readonly running: Generation | null;
}

/** Events by which `live` is ahead, over all lanes. */
const distance = (next: readonly CheckpointRow[], live: readonly CheckpointRow[]): number => {
  const reached = new Map(next.map(({ service, lane, position }) => [`${service}:${lane}`, position]));
  return live.reduce((sum, { service, lane, position }) => sum + Math.max(0, position - (reached.get(`${service}:${lane}`) ?? 0)), 0);
};

/**
 * Lets a generation that was built beside the live one take its place, once it has taken in all that the live one has. Told by
 * the checkpoint rows alone: other processes may be folding lanes of both.
 */
export class Takeover {
  private letGo?: () => void;
  private heldAt = -Infinity;

  constructor(
    private readonly registry: Registry,
    private readonly live: () => Live,
    private readonly next: GenerationRow,
    /** Makes the tables of what was collected, if they are not made yet. */
    private readonly complete: () => Promise<void>,
  ) {}

  /** True when it has just taken over. */
  async attempt(): Promise<boolean> {
    const { database } = this.registry;
    const behind = distance(await this.registry.checkpoints(database, this.next), await this.registry.checkpoints(database, this.live().row));
    if (behind > CLOSE) return false;
    await this.complete();
    if (behind > 0) {
      this.hold();
      return false;
    }
    const done = await database.transaction((tx) => this.swap(tx));
    if (done) this.release();
    return done;
  }

  private async swap(tx: Tx): Promise<boolean> {
    const { rows } = await tx.query<GenerationRow>('select generation, state, collecting from views.generations where view = $1 order by generation for update', [this.next.view]);
    const live = this.live().row;
    const stateOf = (row: GenerationRow): string | undefined => rows.find(({ generation }) => generation === row.generation)?.state;
    if (stateOf(this.next) !== 'building' || stateOf(live) !== 'live') return false;
    if (distance(await this.registry.checkpoints(tx, this.next), await this.registry.checkpoints(tx, live)) > 0) return false;
    await this.registry.mark(tx, live, 'retired');
    await this.registry.mark(tx, this.next, 'live');
    return true;
  }

  private hold(): void {
    const { running } = this.live();
    if (!running || Date.now() - this.heldAt < RESPITE) return;
    this.heldAt = Date.now();
    const until = new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, PATIENCE);
      this.letGo = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    running.hold(until);
  }

  release(): void {
    this.letGo?.();
    this.letGo = undefined;
  }
}
