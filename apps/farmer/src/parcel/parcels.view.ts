import { IsDay, IsId, land, OFFICIALS } from '#contracts';
import { defineView } from '#decider';
import { aPage, defineQuery, factTable, Listing, Paged } from '#service-kit';
import { IsOptional, IsString, MaxLength } from 'class-validator';

const measures = factTable({
  fact: land,
  table: 'measures',
  columns: { parcel_id: ['text', 'parcelId'], village_id: ['text', 'villageId'], area: ['bigint', 'area'], parcel_code: ['text', 'parcelCode'] },
  indexes: ['parcel_id, valid_from', 'village_id, parcel_id', 'parcel_code'],
});

/** Which parcel lies where, and how large is it? */
export const parcelsView = defineView({
  name: 'parcels',
  version: 1,
  services: ['farmer'],
  tables: (schema) => measures.ddl(schema),
  fold: ({ events }, context) => measures.fold(events, context),
});

const parcelsOn = (schema: string, day: string): string => `
  select m.parcel_id as "parcelId", m.village_id as "villageId", m.area, m.parcel_code as "parcelCode", m.valid_from as "measuredOn"
  from ${schema}.measures m
  where not m.voided and m.valid_from <= ${day} and not exists (
    select 1 from ${schema}.measures later where later.parcel_id = m.parcel_id and not later.voided and later.valid_from > m.valid_from and later.valid_from <= ${day})`;

export class ListParcels extends Paged {
  @IsOptional() @IsDay() asOf?: string;
  @IsOptional() @IsId() villageId?: string;
  /** Part of the parcel's code or id. */
  @IsOptional() @IsString() @MaxLength(64) q?: string;
}

/** 地块名单: parcels in the villages the caller may see, as of a day. */
export const listParcels = defineQuery({
  name: 'list-parcels',
  title: { zh: '地块列表', en: 'List parcels' },
  input: ListParcels,
  example: { limit: 50, villageId: 'r-410308103210', asOf: '2022-07-18' },
  answer: aPage({ parcelId: 'l-1', villageId: 'r-410308103210', area: 325, parcelCode: '4103081032100100001', measuredOn: '2022-01-01' }),
  may: { roles: [...OFFICIALS, 'ANALYST'] },
  views: ['parcels'],
  run: ({ input, db, scope, today, schemaOf }) => {
    const list = new Listing();
    const rows = parcelsOn(schemaOf('parcels'), `${list.value(input.asOf ?? today)}::date`);
    return list
      .within(scope, { village: '"villageId"' })
      .where(input.villageId, (place) => `"villageId" = ${place}`)
      .search(input.q, '"parcelCode"', '"parcelId"')
      .page(db, rows, 'parcelId', input);
  },
});

export class ShowParcel {
  @IsId() parcelId: string;
}
/** 地块: every measure ever stated of one parcel, with the ids by which they are corrected. */
export const showParcel = defineQuery({
  name: 'show-parcel',
  title: { zh: '地块详情', en: 'Show a parcel' },
  input: ShowParcel,
  example: { parcelId: 'l-1' },
  answer: { parcelId: 'l-1', measures: [{ measureId: 'l-1.land.1', parcelId: 'l-1', villageId: 'r-410308103210', area: 325, parcelCode: '4103081032100100001', validFrom: '2022-01-01', voided: false }] },
  may: { roles: [...OFFICIALS, 'ANALYST'] },
  views: ['parcels'],
  run: async ({ input, db, scope, schemaOf }) => {
    const list = new Listing();
    const rows = `
      select id as "measureId", parcel_id as "parcelId", village_id as "villageId", area, parcel_code as "parcelCode", valid_from as "validFrom", voided
      from ${schemaOf('parcels')}.measures`;
    const page = await list.within(scope, { village: '"villageId"' }).where(input.parcelId, (place) => `"parcelId" = ${place}`).page(db, rows, 'measureId', { limit: 500 });
    return page.items.length === 0 ? undefined : { parcelId: input.parcelId, measures: page.items };
  },
});
