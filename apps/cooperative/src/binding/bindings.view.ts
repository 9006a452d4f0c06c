import { binding, BINDING_STATES, claim, EVERYONE, IsDay, IsId, IsLabel, IsOneOf, LINKAGES } from '#contracts';
import { defineView } from '#decider';
import { aPage, defineQuery, factTable, Listing, Paged, type QueryContext } from '#service-kit';
import { IsBoolean, IsOptional } from 'class-validator';
import { withBoundCooperatives } from '../known/enterprise-links.view.js';
import { homeAt } from '../known/farmers-land.view.js';

const who = { household_id: ['text', 'householdId'], cooperative_id: ['text', 'cooperativeId'], linkage: ['text', 'linkage'] } as const;
const bindingTable = factTable({
  fact: binding,
  table: 'binding',
  columns: { ...who, state: ['text', 'state'], end_reason: ['text', 'endReason'], confirmation: ['jsonb', 'confirmation'] },
  indexes: ['household_id', 'cooperative_id'],
});
const claimTable = factTable({
  fact: claim,
  table: 'claim',
  columns: { ...who, parcel_id: ['text', 'parcelId'], binding_id: ['text', 'bindingId'], crop: ['text', 'crop'] },
  indexes: ['parcel_id', 'binding_id', 'household_id', 'cooperative_id'],
});

/** Who is bound to which cooperative, and on which land does it rest? */
export const bindings = defineView({
  name: 'bindings',
  version: 1,
  services: ['cooperative'],
  tables: (schema) => `${bindingTable.ddl(schema)};\n${claimTable.ddl(schema)}`,
  fold: async ({ events }, context) => {
    await bindingTable.fold(events, context);
    await claimTable.fold(events, context);
  },
});

export class ListBindings extends Paged {
  /** How they stand at the end of this day; today when left out. */
  @IsOptional() @IsDay() asOf?: string;
  @IsOptional() @IsId() id?: string;
  @IsOptional() @IsId() cooperativeId?: string;
  @IsOptional() @IsId() householdId?: string;
  /** Village the household lives in on that day. */
  @IsOptional() @IsId() villageId?: string;
  @IsOptional() @IsOneOf(LINKAGES) linkage?: string;
  @IsOptional() @IsOneOf(BINDING_STATES) state?: string;
  /** Only those that count, or do not count, on that day. */
  @IsOptional() @IsBoolean() counts?: boolean;
  /** Part of an id of the binding, its household or its cooperative. */
  @IsOptional() @IsLabel() q?: string;
}

/** Dissolved cooperatives are joined, never copied: a binding of theirs shows as ended while the dissolution stands. */
const rowsOf = ({ bindings: own, cooperatives, land }: Record<'bindings' | 'cooperatives' | 'land', string>, day: string): string => `
  select b.id as "id", b.household_id as "householdId", b.cooperative_id as "cooperativeId", b.linkage as "linkage",
    b.valid_from as "validFrom", least(b.valid_to, r.valid_to) - 1 as "validThrough", b.confirmation as "confirmation",
    case when not b.state in ('ACTIVE', 'ENDED') then b.state when b.valid_to <= ${day} or gone.so then 'ENDED' else 'ACTIVE' end as "state",
    case when not b.state in ('ACTIVE', 'ENDED') then null when b.valid_to <= ${day} then b.end_reason when gone.so then 'COOP_DEREGISTERED' end as "endReason",
    b.state in ('ACTIVE', 'ENDED') and b.valid_from <= ${day} and (b.valid_to is null or b.valid_to > ${day})
      and r.valid_from <= ${day} and not gone.so as "counts",
    ${homeAt(land, 'b.household_id', day)} as "villageId"
  from ${own}.binding b
  left join ${cooperatives}.registration r on r.cooperative_id = b.cooperative_id and not r.voided
  cross join lateral (select r.id is null or coalesce(r.valid_to <= ${day}, false) as so) gone
  where not b.voided`;

const run = async ({ input, scope, db, schemaOf, today }: QueryContext<ListBindings>) => {
  const asOf = input.asOf ?? today;
  const wider = await withBoundCooperatives(scope, { db, schema: schemaOf('enterprise_links') }, asOf);
  const list = new Listing();
  const schemas = { bindings: schemaOf('bindings'), cooperatives: schemaOf('cooperatives'), land: schemaOf('farmers_land') };
  const rows = rowsOf(schemas, `${list.value(asOf)}::date`);
  return list
    .where(input.id, (value) => `"id" = ${value}`)
    .where(input.cooperativeId, (value) => `"cooperativeId" = ${value}`)
    .where(input.householdId, (value) => `"householdId" = ${value}`)
    .where(input.villageId, (value) => `"villageId" = ${value}`)
    .where(input.linkage, (value) => `"linkage" = ${value}`)
    .where(input.state, (value) => `"state" = ${value}`)
    .where(input.counts, (value) => `"counts" = ${value}`)
    .search(input.q, '"id"', '"householdId"', '"cooperativeId"')
    .within(wider, { village: '"villageId"', cooperative: '"cooperativeId"' })
    .page<{ id: string }>(db, rows, 'id', input);
};

export const listBindings = defineQuery({
  name: 'list-bindings',
  title: { zh: '农户绑定列表', en: 'List bindings' },
  input: ListBindings,
  example: { limit: 50, cooperativeId: 'c-1', state: 'ACTIVE', asOf: '2022-07-18' },
  answer: aPage({
    id: 'b-1', householdId: 'h-1', cooperativeId: 'c-1', linkage: 'MEMBER', validFrom: '2022-03-01', validThrough: '2022-12-31',
    confirmation: { method: 'SIGNATURE', on: '2022-02-20', by: 'HEAD' }, state: 'ENDED', endReason: 'WITHDRAWN', counts: false, villageId: 'r-410308103210',
  }),
  may: { roles: EVERYONE },
  views: ['bindings', 'cooperatives', 'farmers_land', 'enterprise_links'],
  run,
});
