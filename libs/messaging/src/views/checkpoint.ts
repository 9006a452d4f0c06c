import type { RecordedEvent } from '#decider';
import type { Tx } from '#postgres';
import { Fenced, Gap, Retired } from './failure.js';
import type { GenerationState } from './hosted.js';
import type { GenerationRow } from './registry.js';

export interface LaneRef {
  readonly row: GenerationRow;
  readonly service: string;
  readonly lane: number;
}

export interface Locked {
  readonly position: number;
  readonly collecting: boolean;
}
/**
 * Takes the generation for this transaction and tells its checkpoint. Folds of one generation so happen one after the other,
 * whichever process runs them: what one lane could not place yet, the next fold sees.
 */
export const lock = async (tx: Tx, { row, service, lane }: LaneRef): Promise<Locked> => {
  const { rows: found } = await tx.query<{ state: GenerationState; collecting: boolean }>(
    'select state, collecting from views.generations where view = $1 and generation = $2 for no key update',
    [row.view, row.generation],
  );
  const [generation] = found;
  if (!generation || generation.state === 'retired') throw new Retired(`generation ${row.generation} of ${row.view} is retired`);
  // A statement of its own: one that waited for the lock would still see the checkpoint as it was before.
  const { rows } = await tx.query<{ position: number }>(
    'select position from views.checkpoints where view = $1 and generation = $2 and service = $3 and lane = $4',
    [row.view, row.generation, service, lane],
  );
  return { position: rows[0]?.position ?? 0, collecting: generation.collecting };
};

/** The events after the checkpoint, proven to follow it without a hole. */
export const fresh = (events: readonly RecordedEvent[], after: number): readonly RecordedEvent[] => {
  const first = events.findIndex(({ position }) => position > after);
  const rest = first < 0 ? [] : events.slice(first);
  rest.forEach(({ position }, index) => {
    if (position !== after + index + 1) throw new Gap(after + index + 1, position);
  });
  return rest;
};

/** Moves the checkpoint, fenced: throws when it is not where this runner believes it to be. */
export const move = async (tx: Tx, at: LaneRef, from: number, to: { position: number; completeTo: number | null }): Promise<void> => {
  const { rowCount } = await tx.query(
    `update views.checkpoints set position = $6, complete_to = greatest(complete_to, $7::bigint)
     where view = $1 and generation = $2 and service = $3 and lane = $4 and position = $5`,
    [at.row.view, at.row.generation, at.service, at.lane, from, to.position, to.completeTo],
  );
  if (rowCount !== 1) throw new Fenced(`another runner moved the checkpoint of ${at.row.view} at ${at.service}:${at.lane}`);
};
