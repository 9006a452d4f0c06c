import { COOPERATIVE_KINDS, EVERYONE, IsDay, IsId, IsLabel, IsOneOf, operation, OPERATIONS, products, registration, seat } from '#contracts';
import { defineView, type FoldContext } from '#decider';
import { aPage, defineQuery, factTable, Listing, Paged, type QueryContext } from '#service-kit';
import { IsOptional } from 'class-validator';
import { withBoundCooperatives } from '../known/enterprise-links.view.js';
import type { Registered } from '../binding/draft-binding.js';

const of = ['text', 'cooperativeId'] as const;
const registrations = factTable({ fact: registration, table: 'registration', columns: { cooperative_id: of, credit_code: ['text', 'creditCode'], kind: ['text', 'kind'], name: ['text', 'name'] }, indexes: ['cooperative_id', 'credit_code'] });
const seats = factTable({ fact: seat, table: 'seat', columns: { cooperative_id: of, village_id: ['text', 'villageId'] }, indexes: ['cooperative_id, valid_from', 'village_id'] });
const operations = factTable({ fact: operation, table: 'operation', columns: { cooperative_id: of, operation: ['text', 'operation'] }, indexes: ['cooperative_id, valid_from'] });
const made = factTable({ fact: products, table: 'products', columns: { cooperative_id: of, products: ['text[]', 'products'] }, indexes: ['cooperative_id, valid_from'] });
const tables = [registrations, seats, operations, made];

/** Which cooperatives are there, and how do they stand? */
export const cooperatives = defineView({
  name: 'cooperatives',
  version: 1,
  services: ['cooperative'],
  tables: (schema) => tables.map((table) => table.ddl(schema)).join(';\n'),
  fold: async ({ events }, context) => {
    for (const table of tables) await table.fold(events, context);
  },
  facts: {
    cooperative: async (ids, { db, schema }: FoldContext) => {
      const { rows } = await db.query<Registered & { id: string }>(
        `select cooperative_id as id, valid_from as "from", valid_to as "to" from ${schema}.registration where cooperative_id = any($1::text[]) and not voided`, [ids]);
      return new Map(rows.map((row) => [row.id, row]));
    },
  },
});

export class ListCooperatives extends Paged {
  /** How it stands at the end of this day; today when left out. */
  @IsOptional() @IsDay() asOf?: string;
  @IsOptional() @IsId() id?: string;
  @IsOptional() @IsId() villageId?: string;
  @IsOptional() @IsOneOf(COOPERATIVE_KINDS) kind?: string;
  @IsOptional() @IsOneOf(OPERATIONS) operation?: string;
  /** REGISTERED: on that day; DISSOLVED: before it ended. */
  @IsOptional() @IsOneOf(['REGISTERED', 'DISSOLVED']) state?: string;
  /** Part of the name or of the credit code. */
  @IsOptional() @IsLabel() q?: string;
}

const latestOf = (schema: string, table: string, column: string, day: string): string =>
  `(select ${column} from ${schema}.${table} s where s.cooperative_id = r.cooperative_id and not s.voided and s.valid_from <= ${day} order by s.valid_from desc limit 1)`;

const rowsOf = (schema: string, day: string): string => `
  select r.cooperative_id as "id", r.name as "name", r.credit_code as "creditCode", r.kind as "kind", r.valid_from as "validFrom", r.valid_to - 1 as "validThrough",
    case when r.valid_to <= ${day} then 'DISSOLVED' else 'REGISTERED' end as "state",
    ${latestOf(schema, 'seat', 'village_id', day)} as "villageId",
    coalesce(${latestOf(schema, 'operation', 'operation', day)}, 'NORMAL') as "operation",
    coalesce(${latestOf(schema, 'products', 'products', day)}, '{}') as "products"
  from ${schema}.registration r where not r.voided and r.valid_from <= ${day}`;

const run = async ({ input, scope, db, schemaOf, today }: QueryContext<ListCooperatives>) => {
  const asOf = input.asOf ?? today;
  const wider = await withBoundCooperatives(scope, { db, schema: schemaOf('enterprise_links') }, asOf);
  const list = new Listing();
  const rows = rowsOf(schemaOf('cooperatives'), `${list.value(asOf)}::date`);
  return list
    .where(input.id, (value) => `"id" = ${value}`)
    .where(input.villageId, (value) => `"villageId" = ${value}`)
    .where(input.kind, (value) => `"kind" = ${value}`)
    .where(input.operation, (value) => `"operation" = ${value}`)
    .where(input.state, (value) => `"state" = ${value}`)
    .search(input.q, '"name"', '"creditCode"')
    .within(wider, { village: '"villageId"', cooperative: '"id"' })
    .page<{ id: string }>(db, rows, 'id', input);
};

export const listCooperatives = defineQuery({
  name: 'list-cooperatives',
  title: { zh: '合作社列表', en: 'List cooperatives' },
  input: ListCooperatives,
  example: { limit: 50, asOf: '2022-07-18', q: '测试' },
  answer: aPage({ id: 'c-1', name: '测试01合作社', creditCode: '93410308XX0000019H', kind: 'SPECIALIZED', validFrom: '2019-05-01', validThrough: null, state: 'REGISTERED', villageId: 'r-410308103210', operation: 'NORMAL', products: ['桃'] }),
  may: { roles: EVERYONE },
  views: ['cooperatives', 'enterprise_links'],
  run,
});
