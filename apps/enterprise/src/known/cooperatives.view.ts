import { region, registration, seat } from '#contracts';
import { defineView, type FoldContext } from '#decider';
import { factTable } from '#service-kit';
import type { Cooperative } from './parties.js';

const registrations = factTable({ fact: registration, table: 'registration', columns: { cooperative_id: ['text', 'cooperativeId'], name: ['text', 'name'] }, indexes: ['cooperative_id'] });
const seats = factTable({ fact: seat, table: 'seat', columns: { cooperative_id: ['text', 'cooperativeId'], village_id: ['text', 'villageId'] }, indexes: ['cooperative_id, valid_from'] });
const regions = factTable({ fact: region, table: 'region', columns: { region_id: ['text', 'regionId'], level: ['text', 'level'] }, indexes: ['region_id'] });

/** Which cooperatives and villages do the other services know? */
export const knownCooperatives = defineView({
  name: 'known_cooperatives',
  version: 1,
  services: ['cooperative', 'farmer'],
  tables: (schema) => [registrations, seats, regions].map((table) => table.ddl(schema)).join(';\n'),
  fold: async ({ events }, context) => {
    for (const table of [registrations, seats, regions]) await table.fold(events, context);
  },
  facts: {
    cooperative: async (ids, { db, schema }: FoldContext) => {
      const { rows } = await db.query<Cooperative & { id: string }>(
        `select r.cooperative_id as id, r.valid_from as "from", r.valid_to as "to",
           (select village_id from ${schema}.seat s where s.cooperative_id = r.cooperative_id and not s.voided order by s.valid_from desc limit 1) as "villageId"
         from ${schema}.registration r where r.cooperative_id = any($1::text[]) and not r.voided`, [ids]);
      return new Map(rows.map((row) => [row.id, row]));
    },
    village: async (ids, { db, schema }: FoldContext) => {
      const { rows } = await db.query<{ id: string }>(
        `select distinct region_id as id from ${schema}.region where region_id = any($1::text[]) and level = 'VILLAGE' and not voided`, [ids]);
      return new Map(rows.map(({ id }) => [id, { villageId: id }]));
    },
  },
});

/** SQL: the village a cooperative is seated in at the end of a day. */
export const seatAt = (schema: string, cooperative: string, day: string): string =>
  `(select village_id from ${schema}.seat s where s.cooperative_id = ${cooperative} and not s.voided and s.valid_from <= ${day} order by s.valid_from desc limit 1)`;
