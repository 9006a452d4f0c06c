import { eventId, type RecordedEvent, type View } from '#decider';
import type { Tx } from '#postgres';
import type { FeedBatch } from '../feed.js';
import { textOf } from '../waiting.js';
import { fresh, lock, move, type LaneRef } from './checkpoint.js';
import { Gap, Halted, isPassing } from './failure.js';
import { isReaction, type Halt, type Hosted, type Reaction } from './hosted.js';
import { schemaOf, type GenerationRow, type Registry, type Skip } from './registry.js';

/** Tries of an automation on one event before it halts: what it depends on may only be late. */
const TRIES = 5;

export interface Folding {
  readonly hosted: Hosted;
  readonly row: GenerationRow;
  readonly registry: Registry;
  /** Told after each commit. */
  readonly moved: (at: LaneRef, position: number, completeTo: number | null) => void;
  readonly halted: (halt: Halt) => void;
}
interface Suspect {
  readonly kind: Halt['kind'];
  readonly id: string;
  readonly position: number | null;
}

const intoTables = ({ fold, build }: View<Tx>, collecting: boolean): View<Tx>['fold'] => (collecting && build ? build.collect : fold);

/** Takes batches into one generation: fold and checkpoint in one transaction, and when that fails, as far as it goes. */
export class Folder {
  private readonly tries = new Map<string, number>();

  constructor(private readonly folding: Folding) {}

  async take({ service, lane, events, unreadable }: FeedBatch): Promise<void> {
    const at: LaneRef = { row: this.folding.row, service, lane };
    if (unreadable) return this.poisoned(at, { ...unreadable, kind: 'unreadable' }, unreadable.error);
    await this.range(at, events);
  }

  /** Halves a failing batch until the one event is found; what comes before it is taken in. */
  private async range(at: LaneRef, events: readonly RecordedEvent[]): Promise<void> {
    try {
      await this.commit(at, events);
    } catch (error) {
      const [first] = events;
      if (!first || isPassing(error)) throw error;
      if (error instanceof Gap) return this.gap(at, events, error);
      if (events.length === 1) return this.poisoned(at, { kind: 'poison', id: first.id, position: first.position }, error);
      const half = Math.ceil(events.length / 2);
      await this.range(at, events.slice(0, half));
      await this.range(at, events.slice(half));
    }
  }

  /** What comes before the hole is taken in. */
  private async gap(at: LaneRef, events: readonly RecordedEvent[], gap: Gap): Promise<void> {
    const before = events.filter(({ position }) => position < gap.expected);
    if (before.length > 0) await this.range(at, before);
    this.halt(at, { kind: 'gap', id: eventId(at.service, at.lane, gap.expected), position: gap.expected }, gap);
  }

  private async commit(at: LaneRef, events: readonly RecordedEvent[]): Promise<void> {
    const { hosted } = this.folding;
    if (isReaction(hosted)) await this.react(hosted, at, events);
    await this.move(at, events);
  }

  /** The checkpoint, and with it the fold of a view. */
  private async move(at: LaneRef, events: readonly RecordedEvent[]): Promise<void> {
    const { hosted, registry, moved } = this.folding;
    const last = await registry.database.transaction(async (tx) => {
      const { position: from, collecting } = await lock(tx, at);
      const batch = fresh(events, from);
      const newest = batch.at(-1);
      if (!newest) return { position: from, completeTo: null };
      if (!isReaction(hosted)) await intoTables(hosted, collecting)({ service: at.service, lane: at.lane, events: batch }, { db: tx, schema: schemaOf(at.row) });
      await move(tx, at, from, { position: newest.position, completeTo: newest.recordedAt });
      return { position: newest.position, completeTo: newest.recordedAt };
    });
    moved(at, last.position, last.completeTo);
  }

  /** Outside the transaction: its effects are elsewhere, and bear repetition. Those before a failure are not repeated. */
  private async react(reaction: Reaction, at: LaneRef, events: readonly RecordedEvent[]): Promise<void> {
    const batch = fresh(events, await this.position(at));
    let reached = 0;
    try {
      const done = ({ position }: RecordedEvent): void => void (reached = position);
      if (batch.length > 0) await reaction.react({ service: at.service, lane: at.lane, events: batch }, this.folding.registry.database, done);
    } catch (error) {
      if (reached > 0) await this.move(at, batch.filter(({ position }) => position <= reached));
      throw error;
    }
  }

  private async position(at: LaneRef): Promise<number> {
    const rows = await this.folding.registry.checkpoints(this.folding.registry.database, at.row);
    return rows.find(({ service, lane }) => service === at.service && lane === at.lane)?.position ?? 0;
  }

  private async poisoned(at: LaneRef, event: Suspect, error: unknown): Promise<void> {
    const { hosted, registry } = this.folding;
    const skip = await registry.skipOf(hosted.name, event.id);
    if (skip) return this.pass(at, event, { ...skip, error: textOf(error) });
    if (isReaction(hosted) && event.kind === 'poison' && this.again(event.id)) throw error;
    this.halt(at, event, error);
  }

  private again(eventId: string): boolean {
    const tries = (this.tries.get(eventId) ?? 0) + 1;
    this.tries.set(eventId, tries);
    if (tries < TRIES) return true;
    this.tries.delete(eventId);
    return false;
  }

  /** An operator decided, for this generation or an earlier one, to go on without it. */
  private async pass(at: LaneRef, event: Suspect, skip: Skip & { error: string }): Promise<void> {
    const { registry, moved } = this.folding;
    const { position } = event;
    if (skip.generation !== at.row.generation) await registry.record(at.row, this.haltOf(at, event, skip.error), { action: 'skip', ...skip });
    if (position === null) return;
    await registry.database.transaction(async (tx) => {
      const { position: from } = await lock(tx, at);
      if (position <= from) return;
      if (position !== from + 1) throw new Gap(from + 1, position);
      await move(tx, at, from, { position, completeTo: null });
    });
    moved(at, position, null);
  }

  private halt(at: LaneRef, event: Suspect, error: unknown): never {
    const halt = this.haltOf(at, event, textOf(error));
    this.folding.halted(halt);
    throw new Halted(`${at.row.view} halted at ${halt.eventId}: ${halt.error}`);
  }

  private haltOf({ service, lane }: LaneRef, { kind, id, position }: Suspect, error: string): Halt {
    return { kind, eventId: id, service, lane, position, error, since: Date.now() };
  }
}
