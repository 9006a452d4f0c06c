import type { Scope } from '#auth';
import { EVERYONE, IsDay, IsId, IsLabel, IsOneOf, link } from '#contracts';
import { defineView, type Sql } from '#decider';
import { aPage, defineQuery, factTable, Listing, Paged, type QueryContext } from '#service-kit';
import { IsOptional } from 'class-validator';
import { seatAt } from '../known/cooperatives.view.js';

const table = factTable({ fact: link, table: 'link', columns: { cooperative_id: ['text', 'cooperativeId'], enterprise_id: ['text', 'enterpriseId'] }, indexes: ['cooperative_id', 'enterprise_id'] });

/** Which cooperative is bound to which enterprise? */
export const links = defineView({ name: 'links', version: 1, services: ['enterprise'], tables: table.ddl, fold: ({ events }, context) => table.fold(events, context) });

type Where = { readonly db: Sql; readonly schema: string };
const other = async ({ db, schema }: Where, [wanted, given]: readonly [string, string], ids: ReadonlySet<string>, asOf: string): Promise<string[]> => {
  if (ids.size === 0) return [];
  const { rows } = await db.query<{ id: string }>(
    `select distinct ${wanted} as id from ${schema}.link where ${given} = any($1::text[]) and not voided and valid_from <= $2::date and (valid_to is null or valid_to > $2::date)`,
    [[...ids], asOf],
  );
  return rows.map(({ id }) => id);
};

/** The scope with the cooperatives that are bound on that day to its enterprises. */
export const withBoundCooperatives = async (scope: Scope, where: Where, asOf: string): Promise<Scope> => {
  const bound = await other(where, ['cooperative_id', 'enterprise_id'], scope.enterprises, asOf);
  return { ...scope, cooperatives: new Set([...scope.cooperatives, ...bound]) };
};
/** The scope with the enterprises that its cooperatives are bound to on that day. */
export const withLinkedEnterprises = async (scope: Scope, where: Where, asOf: string): Promise<Scope> => {
  const linked = await other(where, ['enterprise_id', 'cooperative_id'], scope.cooperatives, asOf);
  return { ...scope, enterprises: new Set([...scope.enterprises, ...linked]) };
};

export class ListLinks extends Paged {
  /** How they stand at the end of this day; today when left out. */
  @IsOptional() @IsDay() asOf?: string;
  @IsOptional() @IsId() id?: string;
  @IsOptional() @IsId() cooperativeId?: string;
  @IsOptional() @IsId() enterpriseId?: string;
  @IsOptional() @IsOneOf(['ACTIVE', 'ENDED']) state?: string;
  /** Only nominal ones (有名无实), or only those with a contract that meets the day's year. */
  @IsOptional() @IsOneOf(['NOMINAL', 'CONTRACTED']) substance?: string;
  /** Part of the id of the cooperative or the enterprise. */
  @IsOptional() @IsLabel() q?: string;
}

const rowsOf = ({ links: own, contracts, known }: Record<'links' | 'contracts' | 'known', string>, day: string): string => `
  select l.id as "id", l.cooperative_id as "cooperativeId", l.enterprise_id as "enterpriseId", l.valid_from as "validFrom", l.valid_to - 1 as "validThrough",
    case when l.valid_to <= ${day} then 'ENDED' else 'ACTIVE' end as "state",
    case when exists (select from ${contracts}.contract o where o.cooperative_id = l.cooperative_id and o.enterprise_id = l.enterprise_id and not o.voided
      and o.valid_from < date_trunc('year', ${day}) + interval '1 year' and (o.valid_to is null or o.valid_to > date_trunc('year', ${day})))
      then 'CONTRACTED' else 'NOMINAL' end as "substance",
    ${seatAt(known, 'l.cooperative_id', day)} as "villageId"
  from ${own}.link l where not l.voided and l.valid_from <= ${day}`;

const run = async ({ input, scope, db, schemaOf, today }: QueryContext<ListLinks>) => {
  const asOf = input.asOf ?? today;
  const list = new Listing();
  const schemas = { links: schemaOf('links'), contracts: schemaOf('contracts'), known: schemaOf('known_cooperatives') };
  const rows = rowsOf(schemas, `${list.value(asOf)}::date`);
  return list
    .where(input.id, (value) => `"id" = ${value}`)
    .where(input.cooperativeId, (value) => `"cooperativeId" = ${value}`)
    .where(input.enterpriseId, (value) => `"enterpriseId" = ${value}`)
    .where(input.state, (value) => `"state" = ${value}`)
    .where(input.substance, (value) => `"substance" = ${value}`)
    .search(input.q, '"cooperativeId"', '"enterpriseId"')
    .within(await withBoundCooperatives(scope, { db, schema: schemas.links }, asOf), { village: '"villageId"', cooperative: '"cooperativeId"', enterprise: '"enterpriseId"' })
    .page<{ id: string }>(db, rows, 'id', input);
};

export const listLinks = defineQuery({
  name: 'list-links',
  title: { zh: '合作社与龙头企业绑定列表', en: 'List the links of cooperatives and enterprises' },
  input: ListLinks,
  example: { limit: 50, enterpriseId: 'e-1', asOf: '2022-07-18' },
  answer: aPage({ id: 'n-1', cooperativeId: 'c-1', enterpriseId: 'e-1', validFrom: '2022-01-01', validThrough: null, state: 'ACTIVE', substance: 'CONTRACTED', villageId: 'r-410308103210' }),
  may: { roles: EVERYONE },
  views: ['links', 'contracts', 'known_cooperatives'],
  run,
});
