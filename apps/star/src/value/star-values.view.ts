import { EVERYONE, IsDay, IsId, IsLabel, starValue, versionOf, type StarValueData } from '#contracts';
import { defineView, type RecordedEvent, type Sql } from '#decider';
import { defineQuery, Listing, Paged } from '#service-kit';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { movedTables, noteMoved } from '../scoring/moved.js';
import type { Value } from '../scoring/score.js';

const COLUMNS = 'fact text, position bigint, recorded_at bigint, valid_from date, voided boolean, village text, year int, criterion text, value json, evidence text';

const rowOf = (event: RecordedEvent) => {
  const { key, from, voided, attributes } = versionOf(starValue as never, event.type, event.data as Record<string, unknown>);
  const { villageId, year, criterion, value, evidence } = attributes as unknown as StarValueData;
  return { fact: key, position: event.position, recorded_at: event.recordedAt, valid_from: from, voided, village: villageId, year, criterion, value, evidence: evidence ?? null };
};

/** What was entered for a village, and when was it known? Every version is kept; a fact's versions lie in one lane. */
export const starValuesView = defineView({
  name: 'star_values',
  version: 1,
  services: ['star'],
  tables: (schema) => `
    create table ${schema}.version (${COLUMNS}, primary key (fact, position));
    create index on ${schema}.version (village);
    create index on ${schema}.version (valid_from);
    ${movedTables(schema)}`,
  fold: async ({ events }, { db, schema }) => {
    const rows = events.filter(({ type }) => type in starValue.effects).map(rowOf);
    if (rows.length === 0) return;
    await db.query(`insert into ${schema}.version select * from jsonb_to_recordset($1::jsonb) as given(${COLUMNS})`, [JSON.stringify(rows)]);
    await noteMoved(db, schema, rows.map(({ village }) => village));
  },
});

/** The last version of each fact known at `knownAt` (a place). */
const knownAt = (schema: string, place: string, where: string): string =>
  `select distinct on (fact) * from ${schema}.version where recorded_at <= ${place} and ${where} order by fact, position desc`;

export interface AsOf {
  readonly asOf: string;
  /** Epoch ms; null: all that is known. */
  readonly knownAt: number | null;
}

/** What is in force for each village on a day, of that day's year. */
export const valuesInForce = async (db: Sql, schema: string, villages: readonly string[], { asOf, knownAt: at }: AsOf): Promise<ReadonlyMap<string, ReadonlyMap<string, Value>>> => {
  const { rows } = await db.query<Value & { village: string; criterion: string }>(
    `select distinct on (village, criterion) village, criterion, fact as "valueId", value, evidence
     from (${knownAt(schema, '$2::bigint', 'village = any($1::text[])')}) as known
     where not voided and valid_from <= $3::date and year = extract(year from $3::date)
     order by village, criterion, valid_from desc`,
    [villages, at ?? Number.MAX_SAFE_INTEGER, asOf],
  );
  const byVillage = Map.groupBy(rows, ({ village }) => village);
  return new Map([...byVillage].map(([village, mine]) => [village, new Map(mine.map(({ criterion, valueId, value, evidence }) => [criterion, { valueId, value, evidence }]))]));
};

/** Villages with a value whose first day lies after `since` and not after `until`. */
export const valuesDue = async (db: Sql, schema: string, since: string, until: string): Promise<string[]> => {
  const { rows } = await db.query<{ village: string }>(`select distinct village from ${schema}.version where valid_from > $1::date and valid_from <= $2::date`, [since, until]);
  return rows.map(({ village }) => village);
};

export class ListStarValues extends Paged {
  /** Those whose first day is not later; all unless told. */
  @IsOptional() @IsDay() asOf?: string;
  @IsOptional() @IsId() villageId?: string;
  @IsOptional() @IsInt() @Min(2000) @Max(2100) year?: number;
  @IsOptional() @IsLabel() criterion?: string;
  /** Part of the evidence. */
  @IsOptional() @IsLabel() q?: string;
}

/** 评星录入清单: values as they now stand, with their evidence. */
export const listStarValues = defineQuery({
  name: 'list-star-values',
  title: { zh: '评星录入清单', en: 'List values entered for stars' },
  input: ListStarValues,
  example: { limit: 50, villageId: 'r-410308103210', year: 2022 },
  may: { roles: EVERYONE },
  views: ['star_values'],
  run: async ({ input, scope, db, schemaOf }) => {
    const list = new Listing();
    const known = knownAt(schemaOf('star_values'), `${list.value(Number.MAX_SAFE_INTEGER)}::bigint`, 'true');
    const rows = `select fact as "id", village as "villageId", year, criterion, value, evidence, valid_from as "validFrom", to_char(to_timestamp(recorded_at / 1000.0) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "recordedAt" from (${known}) as known where not voided`;
    return list
      .where(input.asOf, (place) => `"validFrom" <= ${place}::date`)
      .where(input.villageId, (place) => `"villageId" = ${place}`)
      .where(input.year, (place) => `year = ${place}`)
      .where(input.criterion, (place) => `criterion = ${place}`)
      .search(input.q, 'evidence')
      .within(scope, { village: '"villageId"' })
      .page<{ id: string }>(db, rows, 'id', input);
  },
});
