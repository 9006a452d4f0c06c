import { contract, contractLine, delivery, EVERYONE, IsDay, IsId, IsLabel, IsOneOf } from '#contracts';
import { defineView } from '#decider';
import { aPage, defineQuery, factTable, Listing, Paged, type QueryContext } from '#service-kit';
import { IsOptional } from 'class-validator';
import { seatAt } from '../known/cooperatives.view.js';
import { withBoundCooperatives } from '../link/links.view.js';

const sides = { contract_id: ['text', 'contractId'], cooperative_id: ['text', 'cooperativeId'], enterprise_id: ['text', 'enterpriseId'] } as const;
const contractTable = factTable({ fact: contract, table: 'contract', columns: { ...sides, contract_no: ['text', 'contractNo'] }, indexes: ['cooperative_id', 'enterprise_id'] });
const lineTable = factTable({
  fact: contractLine,
  table: 'line',
  columns: { ...sides, crop: ['text', 'crop'], quantity: ['bigint', 'quantity'], area: ['bigint', 'area'], due: ['date', 'due'] },
  indexes: ['contract_id'],
});
const deliveryTable = factTable({
  fact: delivery,
  table: 'delivery',
  columns: { ...sides, line_id: ['text', 'lineId'], crop: ['text', 'crop'], weight: ['bigint', 'weight'], ticket: ['text', 'ticket'] },
  indexes: ['contract_id', 'line_id', 'cooperative_id', 'enterprise_id'],
});
const tables = [contractTable, lineTable, deliveryTable];

/** What was agreed, and what was delivered on it? */
export const contracts = defineView({
  name: 'contracts',
  version: 1,
  services: ['enterprise'],
  tables: (schema) => tables.map((table) => table.ddl(schema)).join(';\n'),
  fold: async ({ events }, context) => {
    for (const table of tables) await table.fold(events, context);
  },
});

export class ListContracts extends Paged {
  /** How they stand, and what was delivered, at the end of this day; today when left out. */
  @IsOptional() @IsDay() asOf?: string;
  @IsOptional() @IsId() id?: string;
  @IsOptional() @IsId() cooperativeId?: string;
  @IsOptional() @IsId() enterpriseId?: string;
  @IsOptional() @IsOneOf(['TO_COME', 'ACTIVE', 'ENDED']) state?: string;
  /** With a line of this crop. */
  @IsOptional() @IsLabel() crop?: string;
  /** Part of the id or the number of the contract. */
  @IsOptional() @IsLabel() q?: string;
}

/** Quantities and weights in grams, areas in hundredths of a 亩. */
const rowsOf = (own: string, known: string, day: string): string => `
  select o.id as "id", o.contract_no as "contractNo", o.cooperative_id as "cooperativeId", o.enterprise_id as "enterpriseId",
    o.valid_from as "validFrom", o.valid_to - 1 as "validThrough",
    case when o.valid_from > ${day} then 'TO_COME' when o.valid_to <= ${day} then 'ENDED' else 'ACTIVE' end as "state",
    (select coalesce(json_agg(json_build_object('id', l.id, 'crop', l.crop, 'quantity', l.quantity, 'area', l.area, 'due', l.due, 'agreedOn', l.valid_from,
       'delivered', (select coalesce(sum(d.weight), 0) from ${own}.delivery d where d.line_id = l.id and d.contract_id = o.id and not d.voided and d.valid_from <= ${day})) order by l.id), '[]')
     from ${own}.line l where l.contract_id = o.id and not l.voided) as "lines",
    array(select l.crop from ${own}.line l where l.contract_id = o.id and not l.voided) as "crops",
    ${seatAt(known, 'o.cooperative_id', day)} as "villageId"
  from ${own}.contract o where not o.voided`;

const run = async ({ input, scope, db, schemaOf, today }: QueryContext<ListContracts>) => {
  const asOf = input.asOf ?? today;
  const list = new Listing();
  const rows = rowsOf(schemaOf('contracts'), schemaOf('known_cooperatives'), `${list.value(asOf)}::date`);
  return list
    .where(input.id, (value) => `"id" = ${value}`)
    .where(input.cooperativeId, (value) => `"cooperativeId" = ${value}`)
    .where(input.enterpriseId, (value) => `"enterpriseId" = ${value}`)
    .where(input.state, (value) => `"state" = ${value}`)
    .where(input.crop, (value) => `${value} = any("crops")`)
    .search(input.q, '"id"', '"contractNo"')
    .within(await withBoundCooperatives(scope, { db, schema: schemaOf('links') }, asOf), { village: '"villageId"', cooperative: '"cooperativeId"', enterprise: '"enterpriseId"' })
    .page<{ id: string }>(db, rows, 'id', input);
};

export const listContracts = defineQuery({
  name: 'list-contracts',
  title: { zh: '订单合同列表', en: 'List contracts' },
  input: ListContracts,
  example: { limit: 50, cooperativeId: 'c-1', asOf: '2022-07-18' },
  answer: aPage({
    id: 'o-1', contractNo: '2022-01', cooperativeId: 'c-1', enterpriseId: 'e-1', validFrom: '2022-01-01', validThrough: '2022-12-31', state: 'ACTIVE',
    lines: [{ id: 'o-1.1', crop: '桃', quantity: 100_000_000, area: 10_000, due: '2022-06-30', agreedOn: '2022-01-01', delivered: 5_000_000 }], crops: ['桃'], villageId: 'r-410308103210',
  }),
  may: { roles: EVERYONE },
  views: ['contracts', 'known_cooperatives', 'links'],
  run,
});
