import { EVERYONE, IsDay, IsId, IsLabel, IsOneOf, ParcelConflictFlagged, ParcelConflictResolved } from '#contracts';
import { defineView, type RecordedEvent } from '#decider';
import { aPage, defineQuery, Listing, Paged, type QueryContext } from '#service-kit';
import { IsOptional } from 'class-validator';
import { withBoundCooperatives } from '../known/enterprise-links.view.js';
import { landAt } from '../known/farmers-land.view.js';

type Data = ReturnType<typeof ParcelConflictFlagged.of>['data'] & { resolution?: string; note?: string };
const rowOf = ({ data, occurredOn, type }: RecordedEvent) => {
  const { conflictId, parcelId, claimIds, cooperativeIds, resolution, note } = data as Data;
  const resolved = type === ParcelConflictResolved.type;
  return { id: conflictId, parcel_id: parcelId, claim_ids: claimIds, cooperative_ids: cooperativeIds, flagged_on: resolved ? null : occurredOn, resolved_on: resolved ? occurredOn : null, resolution: resolution ?? null, note: note ?? null };
};
const COLUMNS = 'id text, parcel_id text, claim_ids text[], cooperative_ids text[], flagged_on date, resolved_on date, resolution text, note text';

/** 工作清单: which parcels are claimed by two cooperatives, and what was done about it? */
export const parcelConflicts = defineView({
  name: 'parcel_conflicts',
  version: 1,
  services: ['cooperative'],
  tables: (schema) => `create table ${schema}.conflict (${COLUMNS}, primary key (id)); create index on ${schema}.conflict (parcel_id)`,
  fold: async ({ events }, { db, schema }) => {
    const own = events.filter(({ type }) => type === ParcelConflictFlagged.type || type === ParcelConflictResolved.type);
    for (const event of own) {
      await db.query(
        `insert into ${schema}.conflict select * from jsonb_to_record($1::jsonb) as given(${COLUMNS})
         on conflict (id) do update set claim_ids = excluded.claim_ids, cooperative_ids = excluded.cooperative_ids,
           flagged_on = coalesce(excluded.flagged_on, conflict.flagged_on), resolved_on = excluded.resolved_on, resolution = excluded.resolution, note = excluded.note`,
        [JSON.stringify(rowOf(event))],
      );
    }
  },
});

export class ListConflicts extends Paged {
  /** How they stand at the end of this day; today when left out. */
  @IsOptional() @IsDay() asOf?: string;
  /** OPEN: for a person to resolve · RESOLVED: by a person · CEASED: the claims share no day any more from this day on. */
  @IsOptional() @IsOneOf(['OPEN', 'RESOLVED', 'CEASED']) state?: string;
  @IsOptional() @IsId() parcelId?: string;
  @IsOptional() @IsId() cooperativeId?: string;
  /** Village the parcel lies in. */
  @IsOptional() @IsId() villageId?: string;
  /** Part of the parcel's id. */
  @IsOptional() @IsLabel() q?: string;
}

/** Days on which every claim of the conflict counts: it, its binding and its cooperative are all there. */
const sharedDays = (bound: string, registered: string): string => `
  select greatest(max(c.valid_from), max(b.valid_from), max(r.valid_from)) as since, least(min(c.valid_to), min(b.valid_to), min(r.valid_to)) as until, count(*) as claims
  from ${bound}.claim c join ${bound}.binding b on b.id = c.binding_id join ${registered}.registration r on r.cooperative_id = c.cooperative_id
  where c.id = any(x.claim_ids) and c.parcel_id = x.parcel_id and not (c.voided or b.voided or r.voided) and b.state in ('ACTIVE', 'ENDED')`;

/** `mine`: one of its cooperatives that the caller was granted. */
const rowsOf = (schemas: Record<'own' | 'bound' | 'registered' | 'land', string>, day: string, cooperatives: string): string => `
  select x.id as "id", x.parcel_id as "parcelId", x.claim_ids as "claimIds", x.cooperative_ids as "cooperativeIds", x.flagged_on as "flaggedOn",
    case when both_claim then shared.since end as "sharedFrom", case when both_claim then shared.until - 1 end as "sharedThrough",
    x.resolved_on as "resolvedOn", x.resolution as "resolution", x.note as "note",
    case when x.resolution is not null then 'RESOLVED' when both_claim and coalesce(shared.until > ${day}, true) then 'OPEN' else 'CEASED' end as "state",
    ${landAt(schemas.land, 'area', 'x.parcel_id', day)} as "area", ${landAt(schemas.land, 'village_id', 'x.parcel_id', day)} as "villageId",
    (select c from unnest(x.cooperative_ids) c where c = any(${cooperatives}::text[]) limit 1) as "mine"
  from ${schemas.own}.conflict x
  cross join lateral (${sharedDays(schemas.bound, schemas.registered)}) shared
  cross join lateral (select shared.claims = cardinality(x.claim_ids) and coalesce(shared.until > shared.since, true) as both_claim) stand`;

const run = async ({ input, scope, db, schemaOf, today }: QueryContext<ListConflicts>) => {
  const asOf = input.asOf ?? today;
  const wider = await withBoundCooperatives(scope, { db, schema: schemaOf('enterprise_links') }, asOf);
  const list = new Listing();
  const schemas = { own: schemaOf('parcel_conflicts'), bound: schemaOf('bindings'), registered: schemaOf('cooperatives'), land: schemaOf('farmers_land') };
  const rows = rowsOf(schemas, `${list.value(asOf)}::date`, list.value([...wider.cooperatives]));
  const page = await list
    .where(input.state, (value) => `"state" = ${value}`)
    .where(input.parcelId, (value) => `"parcelId" = ${value}`)
    .where(input.cooperativeId, (value) => `${value} = any("cooperativeIds")`)
    .where(input.villageId, (value) => `"villageId" = ${value}`)
    .search(input.q, '"parcelId"')
    .within(wider, { village: '"villageId"', cooperative: '"mine"' })
    .page<{ id: string; mine?: string | null }>(db, rows, 'id', input);
  return { ...page, items: page.items.map(({ mine: _, ...item }) => item) };
};

export const listConflicts = defineQuery({
  name: 'list-parcel-conflicts',
  title: { zh: '地块冲突清单', en: 'List parcel conflicts' },
  input: ListConflicts,
  example: { limit: 50, state: 'OPEN', asOf: '2022-07-18' },
  answer: aPage({
    id: 'x-1', parcelId: 'l-1', claimIds: ['k-1', 'k-2'], cooperativeIds: ['c-1', 'c-2'], flaggedOn: '2022-03-01', sharedFrom: '2022-03-01', sharedThrough: '2022-12-31',
    resolvedOn: '2022-07-18', resolution: 'BOTH_STAND', note: '轮作', state: 'RESOLVED', area: 325, villageId: 'r-410308103210',
  }),
  may: { roles: EVERYONE },
  views: ['parcel_conflicts', 'bindings', 'cooperatives', 'farmers_land', 'enterprise_links'],
  run,
});
