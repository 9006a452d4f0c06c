import type { RecordedEvent } from '#decider';
import type { Tx } from '#postgres';
import { Fenced, Gap, Retired } from './failure.js';
import type { GenerationState } from './hosted.js';
import type { GenerationRow } from './registry.js';

export interface LaneRef {
  readonly service: string;
  readonly lane: number;
}

export interface Locked {
  position(service: string, lane: number): number;
  readonly collecting: boolean;
}
/**
 * Takes the generation for this transaction and tells its checkpoints. Folds of one generation so happen one after the other,
 * whichever process runs them: what one lane could not place yet, the next fold sees. The commit waits for no disk: what a
 * server that stops at once forgets of a view, it forgets with its checkpoint, and it is folded again.
 */
export const lock = async (tx: Tx, row: GenerationRow): Promise<Locked> => {
  const { rows: found } = await tx.query<{ state: GenerationState; collecting: boolean }>(
    `select state, collecting, set_config('synchronous_commit', 'off', true) from views.generations where view = $1 and generation = $2 for no key update`,
    [row.view, row.generation],
  );
  const [generation] = found;
  if (!generation || generation.state === 'retired') throw new Retired(`generation ${row.generation} of ${row.view} is retired`);
  // A statement of its own: one that waited for the lock would still see the checkpoints as they were before.
  const { rows } = await tx.query<{ service: string; lane: number; position: number }>(
    'select service, lane, position from views.checkpoints where view = $1 and generation = $2',
    [row.view, row.generation],
  );
  return { position: (service, lane) => rows.find((one) => one.service === service && one.lane === lane)?.position ?? 0, collecting: generation.collecting };
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

export interface Move {
  readonly service: string;
  readonly lane: number;
  readonly from: number;
  readonly position: number;
  readonly completeTo: number | null;
}
/** Moves checkpoints, fenced: throws when one is not where this runner believes it to be. */
export const move = async (tx: Tx, row: GenerationRow, moves: readonly Move[]): Promise<void> => {
  const { rowCount } = await tx.query(
    `update views.checkpoints c set position = m.position, complete_to = greatest(c.complete_to, m.complete_to)
     from unnest($3::text[], $4::int[], $5::bigint[], $6::bigint[], $7::bigint[]) m(service, lane, from_position, position, complete_to)
     where c.view = $1 and c.generation = $2 and c.service = m.service and c.lane = m.lane and c.position = m.from_position`,
    [row.view, row.generation, ...(['service', 'lane', 'from', 'position', 'completeTo'] as const).map((name) => moves.map((one) => one[name]))],
  );
  if (rowCount !== moves.length) throw new Fenced(`another runner moved a checkpoint of ${row.view} at ${moves.map(({ service, lane }) => `${service}:${lane}`).join(', ')}`);
};
