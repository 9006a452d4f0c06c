import { EVERYONE, IsDay, IsOneOf, STAR_KINDS, StandardSheetPublished, type StandardSheet, type StarKind } from '#contracts';
import { defineView, type FoldContext, type RecordedEvent, type Sql } from '#decider';
import { defineQuery, Listing, Paged } from '#service-kit';
import { IsOptional } from 'class-validator';
import { ALL, movedTables, noteMoved } from '../scoring/moved.js';

const COLUMNS = 'id text, star text, version int, valid_from date, title jsonb, criteria jsonb, recorded_at bigint';
const rowOf = ({ data, recordedAt }: RecordedEvent) => {
  const { sheetId, star, version, from, title, criteria } = data as StandardSheet;
  return { id: sheetId, star, version, valid_from: from, title, criteria, recorded_at: recordedAt };
};
const SHEET = `id as "sheetId", star, version, valid_from as "from", title, criteria`;

/** By which criteria is a star judged, and when were they known? */
export const standardSheets = defineView({
  name: 'standard_sheets',
  version: 1,
  services: ['star'],
  tables: (schema) => `create table ${schema}.sheet (${COLUMNS}, primary key (id)); ${movedTables(schema)}`,
  fold: async ({ events }, { db, schema }) => {
    const rows = events.filter(({ type }) => type === StandardSheetPublished.type).map(rowOf);
    if (rows.length === 0) return;
    await db.query(`insert into ${schema}.sheet select * from jsonb_to_recordset($1::jsonb) as given(${COLUMNS})`, [JSON.stringify(rows)]);
    await noteMoved(db, schema, [ALL]);
  },
  facts: {
    /** Every version of every star's sheet, under `all`. */
    sheets: async (_ids, { db, schema }: FoldContext) => {
      const rows = await sheetsKnown(db, schema, null);
      return new Map(rows.length > 0 ? [['all', rows]] : []);
    },
  },
});

/** @param knownAt epoch ms; null: all that is known */
export const sheetsKnown = async (db: Sql, schema: string, knownAt: number | null): Promise<readonly StandardSheet[]> => {
  const { rows } = await db.query<StandardSheet>(`select ${SHEET} from ${schema}.sheet where recorded_at <= $1 order by star, version`, [knownAt ?? Number.MAX_SAFE_INTEGER]);
  return rows;
};

export class ListSheets extends Paged {
  @IsOptional() @IsOneOf(STAR_KINDS) star?: StarKind;
  /** Only those whose first day is not later: the one of a star with the highest version is in force. */
  @IsOptional() @IsDay() asOf?: string;
}

/** 标准表清单: every version, with its criteria. */
export const listSheets = defineQuery({
  name: 'list-standard-sheets',
  title: { zh: '标准表清单', en: 'List standard sheets' },
  input: ListSheets,
  example: { limit: 50, star: 'THRIVING_INDUSTRY' as const, asOf: '2022-07-18' },
  may: { roles: EVERYONE },
  views: ['standard_sheets'],
  run: ({ input, db, schemaOf }) => {
    const rows = `select id, star, version, valid_from as "validFrom", title, criteria from ${schemaOf('standard_sheets')}.sheet`;
    return new Listing()
      .where(input.star, (place) => `star = ${place}`)
      .where(input.asOf, (place) => `"validFrom" <= ${place}::date`)
      .page<{ id: string }>(db, rows, 'id', input);
  },
});
