import { region } from '#contracts';
import { defineView, type FoldContext, type Sql } from '#decider';
import { factTable } from '#service-kit';
import { movedTables, noteMoved } from '../scoring/moved.js';

const regions = factTable({
  fact: region,
  table: 'region',
  columns: { region_id: ['text', 'regionId'], level: ['text', 'level'], code: ['text', 'code'], name: ['text', 'name'], parent_id: ['text', 'parentId'] },
  indexes: ['region_id, valid_from', 'valid_from'],
});

/** Which villages are there, by which code and name, in which town? */
export const villagesView = defineView({
  name: 'villages',
  version: 1,
  services: ['farmer'],
  tables: (schema) => `${regions.ddl(schema)}; ${movedTables(schema)}`,
  fold: async ({ events }, context) => {
    await regions.fold(events, context);
    const named = events.filter(({ type }) => type in region.effects).map(({ data }) => (data as { regionId: string }).regionId);
    await noteMoved(context.db, context.schema, named);
  },
  facts: {
    village: async (ids, { db, schema }: FoldContext) => {
      const { rows } = await db.query<{ id: string }>(`select distinct region_id as id from ${schema}.region where region_id = any($1::text[]) and level = 'VILLAGE' and not voided`, [ids]);
      return new Map(rows.map(({ id }) => [id, { villageId: id }]));
    },
  },
});

export interface Village {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly town: string | null;
}

const villagesOn = (schema: string, day: string): string => `
  select v.region_id as id, v.code, v.name, t.name as town from (
    select distinct on (region_id) region_id, level, code, name, parent_id from ${schema}.region where not voided and valid_from <= ${day} order by region_id, valid_from desc
  ) v
  left join lateral (select name from ${schema}.region p where p.region_id = v.parent_id and not p.voided and p.valid_from <= ${day} order by p.valid_from desc limit 1) t on true
  where v.level = 'VILLAGE'`;

/** Villages and communities as they stand on a day, in the order of their codes. @param ids null: all */
export const villagesAt = async (db: Sql, schema: string, ids: readonly string[] | null, day: string): Promise<readonly Village[]> => {
  const { rows } = await db.query<Village>(`select * from (${villagesOn(schema, '$1::date')}) as village where ($2::text[] is null or id = any($2::text[])) order by code, id`, [day, ids]);
  return rows;
};

/** Regions of which something holds from a day after `since` and not after `until`. */
export const regionsDue = async (db: Sql, schema: string, since: string, until: string): Promise<string[]> => {
  const { rows } = await db.query<{ id: string }>(`select distinct region_id as id from ${schema}.region where valid_from > $1::date and valid_from <= $2::date`, [since, until]);
  return rows.map(({ id }) => id);
};
