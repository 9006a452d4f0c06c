import { eventId, type RecordedEvent, type View } from '#decider';
import type { Tx } from '#postgres';
import type { FeedBatch } from '../feed.js';
import { textOf } from '../waiting.js';
import { fresh, lock, move, type LaneRef, type Move } from './checkpoint.js';
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
interface Told extends LaneRef {
  readonly events: readonly RecordedEvent[];
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

  /** Batches of different lanes in one transaction; throws when any of them is not as it should be, and then none is taken in. */
  async together(batches: readonly FeedBatch[]): Promise<void> {
    if (isReaction(this.folding.hosted) || batches.some(({ unreadable }) => unreadable)) throw new Error('to be taken one after the other');
    await this.move(batches);
  }

  async take({ service, lane, events, unreadable }: FeedBatch): Promise<void> {
    const at: LaneRef = { service, lane };
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
    await this.move([{ ...at, events }]);
  }

  /** The checkpoints, and with them the fold of a view. */
  private async move(told: readonly Told[]): Promise<void> {
    const { hosted, row, registry, moved } = this.folding;
    const reached = await registry.database.transaction(async (tx) => {
      const { position, collecting } = await lock(tx, row);
      const parts = told.map(({ service, lane, events }): Move & Told => {
        const from = position(service, lane);
        const batch = fresh(events, from);
        const newest = batch.at(-1);
        return { service, lane, events: batch, from, position: newest?.position ?? from, completeTo: newest?.recordedAt ?? null };
      });
      const moves = parts.filter(({ events }) => events.length > 0);
      if (moves.length === 0) return parts;
      if (!isReaction(hosted)) await intoTables(hosted, collecting)({ events: moves.flatMap(({ events }) => events) }, { db: tx, schema: schemaOf(row) });
      await move(tx, row, moves);
      return parts;
    });
    for (const { service, lane, position, completeTo } of reached) moved({ service, lane }, position, completeTo);
  }

  /** Outside the transaction: its effects are elsewhere, and bear repetition. Those before a failure are not repeated. */
  private async react(reaction: Reaction, at: LaneRef, events: readonly RecordedEvent[]): Promise<void> {
    const batch = fresh(events, await this.position(at));
    let reached = 0;
    try {
      const done = ({ position }: RecordedEvent): void => void (reached = position);
      if (batch.length > 0) await reaction.react({ events: batch }, this.folding.registry.database, done);
    } catch (error) {
      if (reached > 0) await this.move([{ ...at, events: batch.filter(({ position }) => position <= reached) }]);
      throw error;
    }
  }

  private async position(at: LaneRef): Promise<number> {
    const rows = await this.folding.registry.checkpoints(this.folding.registry.database, this.folding.row);
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
    const { registry, row, moved } = this.folding;
    const { position } = event;
    if (skip.generation !== row.generation) await registry.record(row, this.haltOf(at, event, skip.error), { action: 'skip', ...skip });
    if (position === null) return;
    await registry.database.transaction(async (tx) => {
      const from = (await lock(tx, row)).position(at.service, at.lane);
      if (position <= from) return;
      if (position !== from + 1) throw new Gap(from + 1, position);
      await move(tx, row, [{ ...at, from, position, completeTo: null }]);
    });
    moved(at, position, null);
  }

  private halt(at: LaneRef, event: Suspect, error: unknown): never {
    const halt = this.haltOf(at, event, textOf(error));
    this.folding.halted(halt);
    throw new Halted(`${this.folding.row.view} halted at ${halt.eventId}: ${halt.error}`);
  }

  private haltOf({ service, lane }: LaneRef, { kind, id, position }: Suspect, error: string): Halt {
    return { kind, eventId: id, service, lane, position, error, since: Date.now() };
  }
}
