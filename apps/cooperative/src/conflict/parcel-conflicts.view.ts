import { EVERYONE, IsId, IsLabel, IsOneOf, ParcelConflictFlagged, ParcelConflictResolved } from '#contracts';
import { defineView, type RecordedEvent } from '#decider';
import { defineQuery, Listing, Paged, type QueryContext } from '#service-kit';
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
  @IsOptional() @IsOneOf(['OPEN', 'RESOLVED']) state?: string;
  @IsOptional() @IsId() parcelId?: string;
  @IsOptional() @IsId() cooperativeId?: string;
  /** Village the parcel lies in. */
  @IsOptional() @IsId() villageId?: string;
  /** Part of the parcel's id. */
  @IsOptional() @IsLabel() q?: string;
}

/** `mine`: one of its cooperatives that the caller was granted. */
const rowsOf = (own: string, land: string, day: string, cooperatives: string): string => `
  select x.id as "id", x.parcel_id as "parcelId", x.claim_ids as "claimIds", x.cooperative_ids as "cooperativeIds", x.flagged_on as "flaggedOn",
    x.resolved_on as "resolvedOn", x.resolution as "resolution", x.note as "note", case when x.resolution is null then 'OPEN' else 'RESOLVED' end as "state",
    ${landAt(land, 'area', 'x.parcel_id', day)} as "area", ${landAt(land, 'village_id', 'x.parcel_id', day)} as "villageId",
    (select c from unnest(x.cooperative_ids) c where c = any(${cooperatives}::text[]) limit 1) as "mine"
  from ${own}.conflict x`;

const run = async ({ input, scope, db, schemaOf, today }: QueryContext<ListConflicts>) => {
  const wider = await withBoundCooperatives(scope, { db, schema: schemaOf('enterprise_links') }, today);
  const list = new Listing();
  const day = `${list.value(today)}::date`;
  const rows = rowsOf(schemaOf('parcel_conflicts'), schemaOf('farmers_land'), day, list.value([...wider.cooperatives]));
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
  example: { limit: 50, state: 'OPEN' },
  may: { roles: EVERYONE },
  views: ['parcel_conflicts', 'farmers_land', 'enterprise_links'],
  run,
});
