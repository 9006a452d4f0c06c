import type { Sql } from '#decider';

/** In place of a village: something that concerns all. */
export const ALL = '*';

/**
 * What a view has learnt that may move scores, numbered in the order of its commits: the row of the counter is held until a fold
 * commits, so no lower number appears after a higher one.
 */
export const movedTables = (schema: string): string => `
  create table ${schema}.moved (village text primary key, number bigint not null);
  create table ${schema}.moves (number bigint not null);
  insert into ${schema}.moves values (0);`;

export const noteMoved = async (db: Sql, schema: string, villages: readonly string[]): Promise<void> => {
  if (villages.length === 0) return;
  await db.query(
    `with next as (update ${schema}.moves set number = number + 1 returning number)
     insert into ${schema}.moved select village, number from next, unnest($1::text[]) as village
     on conflict (village) do update set number = excluded.number`,
    [[...new Set(villages)]],
  );
};

/** Villages noted after `since`, and the number to ask from next. */
export const movedSince = async (db: Sql, schema: string, since: number): Promise<{ villages: string[]; next: number }> => {
  const { rows } = await db.query<{ village: string; number: number }>(`select village, number from ${schema}.moved where number > $1`, [since]);
  return { villages: rows.map(({ village }) => village), next: rows.reduce((most, { number }) => Math.max(most, number), since) };
};
