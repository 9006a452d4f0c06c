import { EVERYONE } from '#contracts';
import { defineQuery } from '#service-kit';
import { dayNumber, dayOf } from '#standards';
import { ChangesInput } from './input.js';

interface Row {
  readonly word: string;
}

/**
 * 变动: villages whose figures may have moved since a fold, replaced lines included, and those with dated lines that came due
 * meanwhile. Within the caller's villages. Folds are numbered anew in another `generation` of the ledger: `since` of one says nothing
 * in another.
 */
export const changes = defineQuery({
  name: 'changes',
  title: { zh: '变动的村', en: 'Villages whose figures moved' },
  input: ChangesInput,
  example: { since: 0 },
  may: { roles: EVERYONE },
  run: async ({ input, db, schemaOf, scope, today, watermark }) => {
    const schema = schemaOf('figures');
    const complete = watermark('figures');
    const { rows: heads } = await db.query<{ fold: number; rec: number | null }>(
      `select h.fold, (select f.rec from ${schema}.folds f where f.fold <= $1 order by f.fold desc limit 1) as rec from ${schema}.head h`,
      [input.since],
    );
    const { fold = 0, rec = null } = heads[0] ?? {};
    const changed = await db.query<Row>(`select distinct w.word from ${schema}.changed c join ${schema}.words w on w.id = c.village where c.fold > $1 and c.fold <= $2`, [input.since, fold]);
    const since = input.day === undefined ? (rec === null ? null : dayNumber(dayOf(rec))) : dayNumber(input.day);
    const now = dayNumber(today);
    const due = since === null || since >= now ? [] : (await db.query<Row>(`select distinct w.word from ${schema}.days d join ${schema}.words w on w.id = d.village where d.valid_on > $1 and d.valid_on <= $2`, [since, now])).rows;
    const seen = ({ word }: Row): boolean => word !== '' && (scope.everywhere || scope.villages.has(word));
    const ids = (rows: readonly Row[]): string[] => rows.filter(seen).map(({ word }) => word).sort();
    return { next: fold, day: today, generation: schema, watermark: new Date(complete).toISOString(), villages: ids(changed.rows), due: ids(due) };
  },
});
