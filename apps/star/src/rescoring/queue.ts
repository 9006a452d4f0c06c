import type { Sql } from '#decider';
import type { Database } from '#postgres';
import type { Look } from '../scoring/moved.js';

/** How far we have looked into what scores rest on. A view that was rebuilt counts anew, so it is known by its generation. */
export interface Seen {
  readonly projection: { readonly generation: string; readonly fold: number; readonly day: string };
  readonly views: Readonly<Record<string, Look>>;
  readonly today: string;
}

export const seenSoFar = async (db: Sql): Promise<Seen | null> => {
  const { rows } = await db.query<{ seen: Seen }>('select seen from rescoring.seen', []);
  return rows[0]?.seen ?? null;
};

/** Puts villages on the queue and moves on, both or neither. */
export const moveOn = (db: Database, villages: readonly string[], seen: Seen): Promise<void> =>
  db.transaction(async (tx) => {
    if (villages.length > 0) {
      await tx.query(`insert into rescoring.queue select village, nextval('rescoring.turns') from unnest($1::text[]) as village on conflict (village) do update set turn = excluded.turn`, [villages]);
    }
    await tx.query('insert into rescoring.seen (seen) values ($1::json) on conflict (one) do update set seen = excluded.seen', [JSON.stringify(seen)]);
  });

export interface Queued {
  readonly village: string;
  readonly turn: number;
}
/** Those that wait, beyond a turn, longest waiting first. */
export const waiting = async (db: Sql, after: number, limit: number): Promise<readonly Queued[]> => {
  const { rows } = await db.query<Queued>('select village, turn from rescoring.queue where turn > $1 order by turn limit $2', [after, limit]);
  return rows;
};

/** Takes them off, but for those that were put on again meanwhile. */
export const takeOff = async (db: Sql, done: readonly Queued[]): Promise<void> => {
  await db.query('delete from rescoring.queue q using unnest($1::text[], $2::bigint[]) as done (village, turn) where q.village = done.village and q.turn = done.turn', [
    done.map(({ village }) => village), done.map(({ turn }) => turn),
  ]);
};
