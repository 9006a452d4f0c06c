import { EVERYONE, IsDay, IsId, IsLabel } from '#contracts';
import { aPage, defineQuery, Listing, Paged, type QueryContext } from '#service-kit';
import { IsOptional } from 'class-validator';
import { seatAt } from '../known/cooperatives.view.js';
import { withBoundCooperatives } from '../link/links.view.js';

export class ListDeliveries extends Paged {
  /** Deliveries up to the end of this day; today when left out. */
  @IsOptional() @IsDay() asOf?: string;
  /** And from this day on. */
  @IsOptional() @IsDay() from?: string;
  @IsOptional() @IsId() contractId?: string;
  @IsOptional() @IsId() lineId?: string;
  @IsOptional() @IsId() cooperativeId?: string;
  @IsOptional() @IsId() enterpriseId?: string;
  @IsOptional() @IsLabel() crop?: string;
  /** Part of the weigh ticket's number. */
  @IsOptional() @IsLabel() q?: string;
}

const rowsOf = (own: string, known: string, day: string): string => `
  select d.id as "id", d.contract_id as "contractId", d.line_id as "lineId", d.cooperative_id as "cooperativeId", d.enterprise_id as "enterpriseId",
    d.crop as "crop", d.weight as "weight", d.ticket as "ticket", d.valid_from as "on", ${seatAt(known, 'd.cooperative_id', day)} as "villageId"
  from ${own}.delivery d where not d.voided and d.valid_from <= ${day}`;

const run = async ({ input, scope, db, schemaOf, today }: QueryContext<ListDeliveries>) => {
  const asOf = input.asOf ?? today;
  const list = new Listing();
  const rows = rowsOf(schemaOf('contracts'), schemaOf('known_cooperatives'), `${list.value(asOf)}::date`);
  return list
    .where(input.from, (value) => `"on" >= ${value}::date`)
    .where(input.contractId, (value) => `"contractId" = ${value}`)
    .where(input.lineId, (value) => `"lineId" = ${value}`)
    .where(input.cooperativeId, (value) => `"cooperativeId" = ${value}`)
    .where(input.enterpriseId, (value) => `"enterpriseId" = ${value}`)
    .where(input.crop, (value) => `"crop" = ${value}`)
    .search(input.q, '"ticket"')
    .within(await withBoundCooperatives(scope, { db, schema: schemaOf('links') }, asOf), { village: '"villageId"', cooperative: '"cooperativeId"', enterprise: '"enterpriseId"' })
    .page<{ id: string }>(db, rows, 'id', input);
};

/** What was delivered? Weights in grams. */
export const listDeliveries = defineQuery({
  name: 'list-deliveries',
  title: { zh: '交付列表', en: 'List deliveries' },
  input: ListDeliveries,
  example: { limit: 50, contractId: 'o-1', asOf: '2022-07-18' },
  answer: aPage({ id: 'd-1', contractId: 'o-1', lineId: 'o-1.1', cooperativeId: 'c-1', enterpriseId: 'e-1', crop: '桃', weight: 5_000_000, ticket: 'GB-0001', on: '2022-06-20', villageId: 'r-410308103210' }),
  may: { roles: EVERYONE },
  views: ['contracts', 'known_cooperatives', 'links'],
  run,
});
