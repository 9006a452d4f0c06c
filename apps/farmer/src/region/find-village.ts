import { EVERYONE, IsDay } from '#contracts';
import { defineQuery } from '#service-kit';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { nameKey, nameKeySql } from './region-name.js';
import { regionsOn } from './regions.view.js';

export class FindVillage {
  /** A present or former name, official or as people say it, or a present or former code. */
  @IsString() @MaxLength(100) name: string;
  /** Name or code of the town, when the village's name alone is not unique. */
  @IsOptional() @IsString() @MaxLength(100) town?: string;
  /** Today when left out. */
  @IsOptional() @IsDay() asOf?: string;
}

interface Found {
  readonly regionId: string;
  readonly name: string;
  readonly code: string;
  readonly parentName: string | null;
}

/** 找村: exactly one village or community, or the question which town is meant; never a guess. */
export const findVillage = defineQuery({
  name: 'find-village',
  title: { zh: '按名称或代码找村', en: 'Find a village by name or code' },
  input: FindVillage,
  example: { name: '白鹿庄村', town: '送庄镇', asOf: '2022-12-01' },
  answer: { code: 'found', village: { regionId: 'r-410308103210', level: 'VILLAGE', kind: 'VILLAGE', code: '410308103210', name: '白鹿庄村村民委员会', parentId: 'r-410308103', parentName: '送庄镇', allNames: ['白鹿庄村村民委员会', '白鹿村村民委员会'], allCodes: ['410308103210'] } },
  may: { roles: EVERYONE },
  views: ['regions'],
  run: async ({ input, db, today, schemaOf }) => {
    const { rows } = await db.query<Found>(
      `select "regionId", level, kind, code, name, "parentId", "parentName", names as "allNames", codes as "allCodes"
       from (${regionsOn(schemaOf('regions'), '$1::date')}) as village
       where level = 'VILLAGE' and ($2 = any(codes) or exists (select 1 from unnest(names) as one(name) where ${nameKeySql('one.name')} = $3))
         and ($4::text is null or "parentName" = $4 or "parentCode" = $4)
       order by code`,
      [input.asOf ?? today, input.name.trim(), nameKey(input.name), input.town ?? null],
    );
    const [village, another] = rows;
    if (!village) return undefined;
    if (!another) return { code: 'found', village };
    return { code: 'village-ambiguous', ask: 'town', zh: '名称不唯一,请注明乡镇(街道)', en: 'the name is not unique: say which town', candidates: rows };
  },
});
