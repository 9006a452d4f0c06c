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

/** Schema of a view, and the number it was at when we last looked. */
export interface Look {
  readonly schema: string;
  readonly number: number;
}
/** Villages noted since then in any of the views, and the numbers to look from next. One statement, as it is asked again and again. */
export const movedSince = async (db: Sql, looks: readonly Look[]): Promise<{ villages: string[]; next: Look[] }> => {
  const parts = looks.map(({ schema }, i) => `select ${i} as view, village, number from ${schema}.moved where number > $${i + 1}`);
  const { rows } = await db.query<{ view: number; village: string; number: number }>(parts.join(' union all '), looks.map(({ number }) => number));
  const next = looks.map(({ schema, number }, i) => ({ schema, number: rows.reduce((most, row) => (row.view === i ? Math.max(most, row.number) : most), number) }));
  return { villages: rows.map(({ village }) => village), next };
};
