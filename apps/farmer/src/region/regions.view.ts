import { EVERYONE, IsDay, IsId, IsOneOf, region as fact, REGION_LEVELS } from '#contracts';
import { defineView, type Sql } from '#decider';
import { aPage, defineQuery, factTable, Listing, Paged } from '#service-kit';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import type { CodeHeld } from './region-code.js';

const statements = factTable({
  fact,
  table: 'statements',
  columns: {
    region_id: ['text', 'regionId'], level: ['text', 'level'], kind: ['text', 'kind'],
    code: ['text', 'code'], name: ['text', 'name'], parent_id: ['text', 'parentId'],
  },
  indexes: ['region_id, valid_from', 'code', 'parent_id'],
});

type Context = { readonly db: Sql; readonly schema: string };

const villages = async (ids: readonly string[], { db, schema }: Context): Promise<Map<string, unknown>> => {
  const { rows } = await db.query<{ regionId: string }>(
    `select distinct on (region_id) region_id as "regionId", level from ${schema}.statements where region_id = any($1) and not voided order by region_id, valid_from desc`,
    [ids],
  );
  return new Map(rows.map((row) => [row.regionId, row]));
};

const codes = async (ids: readonly string[], { db, schema }: Context): Promise<Map<string, readonly CodeHeld[]>> => {
  const { rows } = await db.query<CodeHeld & { code: string }>(
    `select code, "regionId", "from", "to" from (
       select code, region_id as "regionId", valid_from as "from", lead(valid_from) over (partition by region_id order by valid_from) as "to"
       from ${schema}.statements where not voided and region_id in (select region_id from ${schema}.statements where code = any($1) and not voided)
     ) as held where code = any($1)`,
    [ids],
  );
  return Map.groupBy(rows, (row) => row.code);
};

/** Which region is what, on which day? Also tells decisions which villages there are and who holds a code. */
export const regionsView = defineView({
  name: 'regions',
  version: 1,
  services: ['farmer'],
  tables: (schema) => statements.ddl(schema),
  fold: ({ events }, context) => statements.fold(events, context),
  facts: { village: villages, 'region-code': codes },
});

/** Regions as of a day, with all names and codes they ever had. */
export const regionsOn = (schema: string, day: string): string => `
  select distinct on (s.region_id) s.region_id as "regionId", s.level, s.kind, s.code, s.name, s.parent_id as "parentId", s.valid_from as "validFrom", p.name as "parentName", p.code as "parentCode",
    (select array_agg(distinct o.name) from ${schema}.statements o where o.region_id = s.region_id and not o.voided) as names,
    (select array_agg(distinct o.code) from ${schema}.statements o where o.region_id = s.region_id and not o.voided) as codes
  from ${schema}.statements s
  left join lateral (
    select name, code from ${schema}.statements p where p.region_id = s.parent_id and not p.voided and p.valid_from <= ${day} order by p.valid_from desc limit 1
  ) p on true
  where not s.voided and s.valid_from <= ${day}
  order by s.region_id, s.valid_from desc`;

export class ListRegions extends Paged {
  /** Today when left out. */
  @IsOptional() @IsDay() asOf?: string;
  /** This unit and all below it. */
  @IsOptional() @IsId() under?: string;
  @IsOptional() @IsOneOf(REGION_LEVELS) level?: string;
  /** Part of a present or former name. */
  @IsOptional() @IsString() @MaxLength(100) q?: string;
  /** A present or former code, or its beginning. */
  @IsOptional() @IsString() @MaxLength(12) code?: string;
}

/** 区划: units as of a day, by place in the tree, name or code; former names and codes find them too. */
export const listRegions = defineQuery({
  name: 'list-regions',
  title: { zh: '区划列表', en: 'List regions' },
  input: ListRegions,
  example: { limit: 50, asOf: '2022-07-20', under: 'r-410308', level: 'VILLAGE' },
  answer: aPage({ regionId: 'r-410308103210', level: 'VILLAGE', kind: 'VILLAGE', code: '410308103210', name: '白鹿庄村村民委员会', parentId: 'r-410308103', validFrom: '2021-10-31', parentName: '送庄镇', parentCode: '410308103', names: ['白鹿庄村村民委员会', '白鹿村村民委员会'], codes: ['410308103210'] }),
  may: { roles: EVERYONE },
  views: ['regions'],
  run: async ({ input, db, tree, today, schemaOf }) => {
    const list = new Listing();
    const day = input.asOf ?? today;
    const rows = regionsOn(schemaOf('regions'), `${list.value(day)}::date`);
    list
      .where(input.level, (place) => `level = ${place}`)
      .search(input.q, 'array_to_string(names, \' \')')
      .where(input.code, (place) => `exists (select 1 from unnest(codes) as one(code) where one.code like ${place} || '%')`);
    if (input.under !== undefined) {
      const towns = await db.query<{ id: string }>(`select distinct region_id as id from ${schemaOf('regions')}.statements where not voided`);
      const { under } = input;
      list.where(towns.rows.map(({ id }) => id).filter((id) => tree.contains(under, id, day)), (place) => `"regionId" = any(${place})`);
    }
    return list.page(db, rows, 'regionId', input);
  },
});

export class ShowRegion {
  @IsId() regionId: string;
}
/** 区划沿革: everything said of one unit, voided statements included. */
export const showRegion = defineQuery({
  name: 'show-region',
  title: { zh: '区划沿革', en: 'Show the history of a region' },
  input: ShowRegion,
  example: { regionId: 'r-410308103210' },
  answer: { regionId: 'r-410308103210', statements: [{ statementId: 'r-410308103210.region.1', level: 'VILLAGE', kind: 'VILLAGE', code: '410308103210', name: '白鹿庄村村民委员会', parentId: 'r-410308103', validFrom: '2021-10-31', voided: false }] },
  may: { roles: EVERYONE },
  views: ['regions'],
  run: async ({ input, db, schemaOf }) => {
    const { rows } = await db.query(
      `select id as "statementId", level, kind, code, name, parent_id as "parentId", valid_from as "validFrom", voided from ${schemaOf('regions')}.statements where region_id = $1 order by valid_from, id`,
      [input.regionId],
    );
    return rows.length === 0 ? undefined : { regionId: input.regionId, statements: rows };
  },
});
