import { harvest, IsDay, IsId, land, OFFICIALS, planting } from '#contracts';
import { defineView } from '#decider';
import { aPage, defineQuery, factTable, Listing, Paged, type QueryContext } from '#service-kit';
import { IsOptional, IsString, MaxLength } from 'class-validator';

const flow = { parcel_id: ['text', 'parcelId'], household_id: ['text', 'householdId'], crop: ['text', 'crop'] } as const;
const indexes = ['parcel_id', 'household_id', 'valid_from'];
const plantings = factTable({ fact: planting, table: 'plantings', columns: { ...flow, area: ['bigint', 'area'] }, indexes });
const harvests = factTable({ fact: harvest, table: 'harvests', columns: { ...flow, weight: ['bigint', 'weight'] }, indexes });
const measures = factTable({ fact: land, table: 'measures', columns: { parcel_id: ['text', 'parcelId'], village_id: ['text', 'villageId'] }, indexes: ['parcel_id, valid_from'] });

/** What was sown and harvested where, by whom, on which day? */
export const cropsView = defineView({
  name: 'crops',
  version: 1,
  services: ['farmer'],
  tables: (schema) => [plantings, harvests, measures].map((table) => table.ddl(schema)).join(';\n'),
  fold: async ({ events }, context) => {
    for (const table of [plantings, harvests, measures]) await table.fold(events, context);
  },
});

export class ListCrops extends Paged {
  @IsOptional() @IsDay() from?: string;
  /** Inclusive. */
  @IsOptional() @IsDay() through?: string;
  @IsOptional() @IsId() villageId?: string;
  @IsOptional() @IsId() parcelId?: string;
  @IsOptional() @IsId() householdId?: string;
  @IsOptional() @IsString() @MaxLength(100) crop?: string;
}

/** A flow lies in the village its parcel lay in on that day, or where it was first measured. */
const list = ({ input, db, scope, schemaOf }: QueryContext<ListCrops>, table: string, columns: string) => {
  const schema = schemaOf('crops');
  const rows = `
    select f.id, f.parcel_id as "parcelId", f.household_id as "householdId", f.crop, f.valid_from as "on", ${columns}, v.village_id as "villageId"
    from ${schema}.${table} f left join lateral (
      select village_id from ${schema}.measures m where m.parcel_id = f.parcel_id and not m.voided
      order by (m.valid_from <= f.valid_from) desc, case when m.valid_from <= f.valid_from then m.valid_from end desc, m.valid_from limit 1
    ) v on true where not f.voided`;
  return new Listing()
    .within(scope, { village: '"villageId"' })
    .where(input.from, (place) => `"on" >= ${place}::date`)
    .where(input.through, (place) => `"on" <= ${place}::date`)
    .where(input.villageId, (place) => `"villageId" = ${place}`)
    .where(input.parcelId, (place) => `"parcelId" = ${place}`)
    .where(input.householdId, (place) => `"householdId" = ${place}`)
    .where(input.crop, (place) => `crop = ${place}`)
    .page<{ id: string }>(db, rows, 'id', input);
};

const example = { limit: 50, villageId: 'r-410308103210', crop: '桃', from: '2022-01-01', through: '2022-07-18' };

/** 播种记录 */
export const listPlantings = defineQuery({
  name: 'list-plantings',
  title: { zh: '播种列表', en: 'List plantings' },
  input: ListCrops,
  example,
  answer: aPage({ id: 's-1', parcelId: 'l-1', householdId: 'h-1', crop: '桃', on: '2022-03-10', area: 325, villageId: 'r-410308103210' }),
  may: { roles: [...OFFICIALS, 'ANALYST'] },
  views: ['crops'],
  run: (context) => list(context, 'plantings', 'f.area'),
});

/** 收获记录 */
export const listHarvests = defineQuery({
  name: 'list-harvests',
  title: { zh: '收获列表', en: 'List harvests' },
  input: ListCrops,
  example,
  answer: aPage({ id: 's-1', parcelId: 'l-1', householdId: 'h-1', crop: '桃', on: '2022-03-10', weight: 1_250_000, villageId: 'r-410308103210' }),
  may: { roles: [...OFFICIALS, 'ANALYST'] },
  views: ['crops'],
  run: (context) => list(context, 'harvests', 'f.weight'),
});
