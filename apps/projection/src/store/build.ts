import { randomUUID } from 'node:crypto';
import type { Build, FoldContext, Sql } from '#decider';
import type { Tx } from '#postgres';
import type { Kind, Subject, SubjectKind } from '../ledger/types.js';
import { LINE_COLUMNS, lineRow, type LineRow } from './changes.js';
import type { Facts } from './facts.js';
import type { Derive } from './fold.js';
import { loadFacts } from './load.js';
import { Organisations } from './organisations.js';
import { inSlices, inTurn, pipelined } from './pipelined.js';
import { placing } from './places.js';
import { bareTables, indexesOfLedger, indexesOfVersions, NO_COHORT, TOTAL } from './tables.js';
import { keepVersions, latestOf, statedBy } from './versions.js';
import { Words } from './words.js';

/** Subjects loaded and derived at once. */
const CHUNK = 1000;

/** Which facts make an organisation or a village a subject. */
const MAKING: readonly (readonly [SubjectKind, readonly Kind[], 'cooperativeId' | 'enterpriseId' | 'regionId'])[] = [
  ['cooperative', ['registration', 'products', 'operation', 'seat', 'link', 'contract'], 'cooperativeId'],
  ['enterprise', ['enterprise', 'recognition', 'link'], 'enterpriseId'],
  ['village', ['region'], 'regionId'],
];
const inMemory = (organisations: Facts): Subject[] =>
  MAKING.flatMap(([kind, kinds, name]) => {
    const ids = kinds.flatMap((one) => organisations.all(one).map(({ attributes }) => attributes[name]));
    return [...new Set(ids)].flatMap((id) => (id ? [{ kind, id }] : []));
  });

async function* subjectsOf(sql: Sql, schema: string, organisations: Facts): AsyncGenerator<Subject[]> {
  const few = inMemory(organisations);
  for (let i = 0; i < few.length; i += CHUNK) yield few.slice(i, i + CHUNK);
  for (const kind of ['household', 'parcel', 'contract'] as const) {
    let after = '';
    for (;;) {
      const { rows } = await sql.query<{ id: string }>(`select distinct ${kind} as id from ${schema}.versions where ${kind} is not null and ${kind} > $1 order by 1 limit ${CHUNK}`, [after]);
      const last = rows.at(-1);
      if (!last) break;
      after = last.id;
      yield rows.map(({ id }) => ({ kind, id }));
    }
  }
}

interface Loaded {
  readonly subjects: readonly Subject[];
  readonly facts: Facts;
}
const placesOf = (subject: Subject, facts: Facts, words: Words): (readonly [string, number, string])[] => {
  const villages = new Set(placing(subject, facts).map(({ attributes }) => attributes.villageId ?? ''));
  return (villages.size > 0 ? [...villages] : ['']).map((village) => [subject.kind, words.village(village), subject.id]);
};

interface Derived {
  readonly lines: LineRow[];
  readonly places: (readonly [string, number, string])[];
}
const derived = async (derive: Derive, words: Words, { subjects, facts }: Loaded): Promise<Derived> => {
  const all: Derived = { lines: [], places: [] };
  await inSlices(subjects, (subject) => {
    for (const line of derive(subject, facts, -Infinity)) all.lines.push(lineRow(words, subject, line));
    all.places.push(...placesOf(subject, facts, words));
  });
  return all;
};

const writeLines = async (derive: Derive, { db: tx, schema }: FoldContext<Tx>, organisations: Facts): Promise<void> => {
  const db = inTurn(tx);
  const words = new Words();
  await pipelined(subjectsOf(db, schema, organisations), {
    load: async (subjects) => ({ subjects, facts: await loadFacts({ sql: db, schema, organisations }, subjects) }),
    derive: (loaded) => derived(derive, words, loaded),
    write: ({ lines, places }) => Promise.all([db.copy(`${schema}.lines`, LINE_COLUMNS, lines), db.copy(`${schema}.places`, ['kind', 'village', 'subject'], places)]),
  });
  await words.keep(db, schema);
};

const MONTH_OF = (day: string): string => `(extract(year from date '1970-01-01' + ${day})::int * 12 + extract(month from date '1970-01-01' + ${day})::int - 1)`;
const rollUps = (s: string): string => `
insert into ${s}.days select measure, valid_on, cohort, village, sum(delta) from ${s}.lines
  where grp = ${TOTAL} group by 1, 2, 3, 4;
insert into ${s}.months select measure, ${MONTH_OF('valid_on')}, case cohort when ${NO_COHORT} then ${NO_COHORT} else ${MONTH_OF(`nullif(cohort, ${NO_COHORT})`)} end, village, sum(delta)
  from ${s}.days group by 1, 2, 3, 4;
insert into ${s}.days_everywhere select measure, valid_on, cohort, sum(delta) from ${s}.days group by 1, 2, 3;
insert into ${s}.months_everywhere select measure, valid_in, cohort_in, sum(delta) from ${s}.months group by 1, 2, 3;
insert into ${s}.changed select fold, village from ${s}.head, (select distinct village from ${s}.lines) l;
insert into ${s}.folds select fold, rec from ${s}.head;
`;

/**
 * The ledger made at once: versions are copied as they come, in whatever order of lanes; then each subject is derived a single
 * time, its lines are copied, roll-ups are summed from them, and indexes are made last.
 */
export const buildWith = (derive: Derive): Build<Tx> => ({
  tables: bareTables,
  collect: async (batch, { db, schema }) => {
    const stated = statedBy(batch);
    const { rows } = await db.query<{ fold: number }>(`update ${schema}.head set rec = greatest(rec, $1::bigint) returning fold`, [latestOf(batch)]);
    await keepVersions(db, schema, stated, rows[0]?.fold ?? 0);
  },
  complete: async ({ db, schema }) => {
    await db.query(`set local work_mem = '128MB'; set local maintenance_work_mem = '512MB'`);
    await db.query(`${indexesOfVersions(schema)}; analyze ${schema}.versions`);
    const organisations = await new Organisations().catchUp(db, schema);
    await writeLines(derive, { db, schema }, organisations);
    await db.query(`${rollUps(schema)}; ${indexesOfLedger(schema)}; analyze ${schema}.lines, ${schema}.days, ${schema}.months, ${schema}.days_everywhere, ${schema}.months_everywhere, ${schema}.places`);
    await db.query(`update ${schema}.head set mark = $1`, [randomUUID()]);
  },
});
