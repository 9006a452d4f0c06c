import { home, land, region } from '#contracts';
import { defineView, type FoldContext } from '#decider';
import { factTable } from '#service-kit';

const homes = factTable({ fact: home, table: 'home', columns: { household_id: ['text', 'householdId'], village_id: ['text', 'villageId'] }, indexes: ['household_id, valid_from'] });
const parcels = factTable({ fact: land, table: 'land', columns: { parcel_id: ['text', 'parcelId'], village_id: ['text', 'villageId'], area: ['bigint', 'area'] }, indexes: ['parcel_id, valid_from'] });
const regions = factTable({ fact: region, table: 'region', columns: { region_id: ['text', 'regionId'], level: ['text', 'level'] }, indexes: ['region_id'] });

interface Placed {
  id: string;
  villageId: string;
  area?: number;
}
const byId = (rows: readonly Placed[]): ReadonlyMap<string, Placed> => new Map(rows.map((row) => [row.id, row]));

/** The latest word on each: where a household lives, where a parcel lies and how large it is, which villages there are. */
export const farmersLand = defineView({
  name: 'farmers_land',
  version: 1,
  services: ['farmer'],
  tables: (schema) => [homes, parcels, regions].map((table) => table.ddl(schema)).join(';\n'),
  fold: async ({ events }, context) => {
    for (const table of [homes, parcels, regions]) await table.fold(events, context);
  },
  facts: {
    household: async (ids, { db, schema }: FoldContext) => {
      const { rows } = await db.query<Placed>(
        `select distinct on (household_id) household_id as id, village_id as "villageId" from ${schema}.home
         where household_id = any($1::text[]) and not voided order by household_id, valid_from desc`, [ids]);
      return byId(rows);
    },
    parcel: async (ids, { db, schema }: FoldContext) => {
      const { rows } = await db.query<Placed>(
        `select distinct on (parcel_id) parcel_id as id, village_id as "villageId", area from ${schema}.land
         where parcel_id = any($1::text[]) and not voided order by parcel_id, valid_from desc`, [ids]);
      return byId(rows);
    },
    village: async (ids, { db, schema }: FoldContext) => {
      const { rows } = await db.query<{ id: string }>(
        `select distinct region_id as id from ${schema}.region where region_id = any($1::text[]) and level = 'VILLAGE' and not voided`, [ids]);
      return new Map(rows.map(({ id }) => [id, { villageId: id }]));
    },
  },
});

/** SQL: the village a household lives in, or a parcel lies in, at the end of a day. */
export const homeAt = (schema: string, household: string, day: string): string =>
  `(select village_id from ${schema}.home where household_id = ${household} and not voided and valid_from <= ${day} order by valid_from desc limit 1)`;
export const landAt = (schema: string, column: 'village_id' | 'area', parcel: string, day: string): string =>
  `(select ${column} from ${schema}.land where parcel_id = ${parcel} and not voided and valid_from <= ${day} order by valid_from desc limit 1)`;
