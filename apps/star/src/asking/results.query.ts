import { IsId, IsOneOf, OUTCOMES, STAR_KINDS, type Explained, type Outcome, type StarKind } from '#contracts';
import { defineQuery, Listing, Paged } from '#service-kit';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { sheetsKnown } from '../sheet/standard-sheets.view.js';
import { openCriteria, told } from './explain.js';
import { READERS } from './when.js';

export class ResultsInput extends Paged {
  @IsOptional() @IsId() villageId?: string;
  @IsOptional() @IsOneOf(STAR_KINDS) star?: StarKind;
  @IsOptional() @IsInt() @Min(2000) @Max(2100) year?: number;
  @IsOptional() @IsOneOf(OUTCOMES) result?: Outcome;
}
interface Row {
  readonly key: string;
  readonly villageId: string;
  readonly sheetId: string;
  readonly explanation: readonly Explained[];
  readonly recordedAt: number;
}

/** Oldest first within a village and star. A result stands until the next one: `until` is the day that one was found. */
const rowsOf = (schema: string): string => `
  select village || ':' || star || ':' || lpad(number::text, 9, '0') as key, village as "villageId", star, number, year, as_of as "asOf", recorded_at as "recordedAt",
    lead(as_of) over (partition by village, star order by number) as "until",
    sheet as "sheetId", sheet_version as "sheetVersion", result, progress, explanation, event_id as "eventId" from ${schema}.result`;

/** 评星历史: every result that was recorded, each as it was explained then. */
export const starHistory = defineQuery({
  name: 'star-results',
  title: { zh: '评星历史', en: 'Past results of stars' },
  input: ResultsInput,
  example: { limit: 50, villageId: 'r-410308103210', year: 2022 },
  may: { roles: READERS },
  views: ['star_results', 'standard_sheets'],
  run: async ({ input, scope, db, schemaOf }) => {
    const page = await new Listing()
      .where(input.villageId, (place) => `"villageId" = ${place}`)
      .where(input.star, (place) => `star = ${place}`)
      .where(input.year, (place) => `year = ${place}`)
      .where(input.result, (place) => `result = ${place}`)
      .within(scope, { village: '"villageId"' })
      .page<Row>(db, rowsOf(schemaOf('star_results')), 'key', input);
    const sheets = await sheetsKnown(db, schemaOf('standard_sheets'), null);
    const items = page.items.map(({ key: _, explanation, recordedAt, ...item }) => ({
      ...item, recordedAt: new Date(recordedAt).toISOString(), ...openCriteria(explanation),
      criteria: told(sheets.find(({ sheetId }) => sheetId === item.sheetId)?.criteria ?? [], explanation),
    }));
    return { ...page, items };
  },
});
