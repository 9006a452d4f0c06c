import { EVERYONE, IsDay, IsId, IsLabel, IsOneOf, LINKAGES } from '#contracts';
import { aPage, defineQuery, Listing, Paged, type QueryContext } from '#service-kit';
import { IsOptional } from 'class-validator';
import { withBoundCooperatives } from '../known/enterprise-links.view.js';
import { homeAt, landAt } from '../known/farmers-land.view.js';

export class ListClaims extends Paged {
  /** Claims in force at the end of this day; today when left out. */
  @IsOptional() @IsDay() asOf?: string;
  @IsOptional() @IsId() parcelId?: string;
  @IsOptional() @IsId() bindingId?: string;
  @IsOptional() @IsId() cooperativeId?: string;
  @IsOptional() @IsId() householdId?: string;
  /** Village the household lives in on that day. */
  @IsOptional() @IsId() villageId?: string;
  @IsOptional() @IsOneOf(LINKAGES) linkage?: string;
  @IsOptional() @IsLabel() crop?: string;
  /** Part of an id of the parcel, the binding or the household. */
  @IsOptional() @IsLabel() q?: string;
}

/** A claim counts while its binding does, and a binding while its cooperative is registered. */
const rowsOf = ({ own, registered, land }: Record<'own' | 'registered' | 'land', string>, day: string): string => `
  select c.id as "id", c.parcel_id as "parcelId", c.binding_id as "bindingId", c.household_id as "householdId", c.cooperative_id as "cooperativeId",
    c.linkage as "linkage", c.crop as "crop", c.valid_from as "validFrom", c.valid_to - 1 as "validThrough", b.state as "bindingState",
    b.state in ('ACTIVE', 'ENDED') and b.valid_from <= ${day} and coalesce(b.valid_to > ${day}, true) and r.valid_from <= ${day} and coalesce(r.valid_to > ${day}, true) as "counts",
    ${landAt(land, 'area', 'c.parcel_id', day)} as "area", ${homeAt(land, 'c.household_id', day)} as "villageId"
  from ${own}.claim c join ${own}.binding b on b.id = c.binding_id
  left join ${registered}.registration r on r.cooperative_id = c.cooperative_id and not r.voided
  where not c.voided and not b.voided and c.valid_from <= ${day} and (c.valid_to is null or c.valid_to > ${day})`;

const run = async ({ input, scope, db, schemaOf, today }: QueryContext<ListClaims>) => {
  const asOf = input.asOf ?? today;
  const wider = await withBoundCooperatives(scope, { db, schema: schemaOf('enterprise_links') }, asOf);
  const list = new Listing();
  const rows = rowsOf({ own: schemaOf('bindings'), registered: schemaOf('cooperatives'), land: schemaOf('farmers_land') }, `${list.value(asOf)}::date`);
  return list
    .where(input.parcelId, (value) => `"parcelId" = ${value}`)
    .where(input.bindingId, (value) => `"bindingId" = ${value}`)
    .where(input.cooperativeId, (value) => `"cooperativeId" = ${value}`)
    .where(input.householdId, (value) => `"householdId" = ${value}`)
    .where(input.villageId, (value) => `"villageId" = ${value}`)
    .where(input.linkage, (value) => `"linkage" = ${value}`)
    .where(input.crop, (value) => `"crop" = ${value}`)
    .search(input.q, '"parcelId"', '"bindingId"', '"householdId"')
    .within(wider, { village: '"villageId"', cooperative: '"cooperativeId"' })
    .page<{ id: string }>(db, rows, 'id', input);
};

/** Which land do bindings rest on? Area in hundredths of a 亩. */
export const listClaims = defineQuery({
  name: 'list-claims',
  title: { zh: '绑定地块列表', en: 'List claims' },
  input: ListClaims,
  example: { limit: 50, cooperativeId: 'c-1', asOf: '2022-07-18' },
  answer: aPage({
    id: 'k-1', parcelId: 'l-1', bindingId: 'b-1', householdId: 'h-1', cooperativeId: 'c-1', linkage: 'MEMBER', crop: '桃', validFrom: '2022-03-01', validThrough: null,
    bindingState: 'ACTIVE', counts: true, area: 325, villageId: 'r-410308103210',
  }),
  may: { roles: EVERYONE },
  views: ['bindings', 'cooperatives', 'farmers_land', 'enterprise_links'],
  run,
});
