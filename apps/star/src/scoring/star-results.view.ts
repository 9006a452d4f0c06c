import { StarScored, type StarKind, type StarResult } from '#contracts';
import { defineView, type RecordedEvent, type Sql } from '#decider';

const COLUMNS = 'village text, star text, number int, year int, as_of date, recorded_at bigint, sheet text, sheet_version int, result text, progress int, explanation json, event_id text';

const rowOf = ({ data, version, recordedAt, id }: RecordedEvent) => {
  const { villageId, star, year, asOf, sheetId, sheetVersion, result, progress, explanation } = data as StarResult;
  return { village: villageId, star, number: version, year, as_of: asOf, recorded_at: recordedAt, sheet: sheetId, sheet_version: sheetVersion, result, progress, explanation, event_id: id };
};

/** 评星结果: every result ever recorded, numbered for each village and star. */
export const starResults = defineView({
  name: 'star_results',
  version: 1,
  services: ['star'],
  tables: (schema) => `create table ${schema}.result (${COLUMNS}, primary key (village, star, number))`,
  fold: async ({ events }, { db, schema }) => {
    const rows = events.filter(({ type }) => type === StarScored.type).map(rowOf);
    if (rows.length > 0) await db.query(`insert into ${schema}.result select * from jsonb_to_recordset($1::jsonb) as given(${COLUMNS})`, [JSON.stringify(rows)]);
  },
});

/** How many results of a star each village has. */
export const resultsSeen = async (db: Sql, schema: string, star: StarKind, villages: readonly string[]): Promise<ReadonlyMap<string, number>> => {
  const { rows } = await db.query<{ village: string; n: number }>(`select village, max(number) as n from ${schema}.result where star = $1 and village = any($2::text[]) group by village`, [star, villages]);
  return new Map(rows.map(({ village, n }) => [village, n]));
};
