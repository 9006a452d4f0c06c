import type { Sql } from '#decider';
import type { Subject, SubjectKind } from '../ledger/types.js';
import { NO_COHORT } from '../store/tables.js';
import type { Asked } from './statement.js';
import type { Slice } from './slices.js';

/** Where a page ends: the slice, the number of the village and the subject. */
export interface Mark {
  readonly slice: number;
  readonly village: number;
  readonly subject: string;
}
export const START: Mark = { slice: 0, village: -1, subject: '' };

export interface Counted {
  readonly mark: Mark;
  readonly id: string;
  readonly village: string;
  readonly value: number;
}

const cohortOf = ({ from, to }: Slice): readonly [number, number] => (from === -Infinity ? [NO_COHORT, NO_COHORT] : [from, to]);

interface CountedRow {
  readonly village: number;
  readonly word: string;
  readonly subject: string;
  readonly n: string;
}

/** Subjects that the lines of one slice count, village by village, after a mark. */
const page = async (sql: Sql, schema: string, asked: Asked, { slice, mark, limit }: { slice: Slice; mark: Mark; limit: number }): Promise<CountedRow[]> => {
  const { rows } = await sql.query<CountedRow>(
    `select v.id as village, v.word, s.subject, s.n
     from (select id, word from ${schema}.words
           where village and id >= $1 and ($2::text[] is null or word in (select unnest($2))) order by id offset 0) v
     cross join lateral (
       select l.subject, sum(l.delta) as n from ${schema}.lines l
       where l.measure = (select id from ${schema}.words where word = $3) and l.grp = (select id from ${schema}.words where word = $4)
         and l.village = v.id and (v.id > $1 or l.subject > $5)
         and l.valid_on <= $6 and l.cohort between $7 and $8 and l.rec <= $9
       group by l.subject having sum(l.delta) <> 0 order by l.subject limit $10
     ) s limit $10`,
    [mark.village, slice.villages, asked.measure, asked.group, mark.subject, asked.asOf, ...cohortOf(slice), asked.knownAt ?? Number.MAX_SAFE_INTEGER, limit],
  );
  return rows;
};

/** The next subjects a figure counts, each with what it counts for: their values sum to the figure. */
export const countedAfter = async (sql: Sql, schema: string, asked: Asked, { mark, limit }: { mark: Mark; limit: number }): Promise<Counted[]> => {
  const found: Counted[] = [];
  for (let i = mark.slice; i < asked.slices.length && found.length < limit; i += 1) {
    const slice = asked.slices[i];
    if (!slice) break;
    const rows = await page(sql, schema, asked, { slice, mark: i === mark.slice ? mark : START, limit: limit - found.length });
    found.push(...rows.map(({ village, word, subject, n }) => ({ mark: { slice: i, village, subject }, id: subject, village: word, value: Number(n) })));
  }
  return found;
};

export interface Standing {
  readonly subject: Subject;
  /** '' where it was told of before its place was. */
  readonly village: string;
  readonly mark: Mark;
}
/** The next subjects of a kind that stand in one of these villages or ever stood there, village by village, and those whose place is not known. */
export const standingAfter = async (
  sql: Sql,
  schema: string,
  { kind, villages }: { kind: SubjectKind; villages: readonly string[] | null },
  { mark, limit }: { mark: Mark; limit: number },
): Promise<Standing[]> => {
  const { rows } = await sql.query<{ village: number; word: string; subject: string }>(
    `select p.village, w.word, p.subject from ${schema}.places p join ${schema}.words w on w.id = p.village
     where p.kind = $1 and (p.village, p.subject) > ($2, $3)
       and ($4::text[] is null or w.word in (select unnest($4)))
     order by p.village, p.subject limit $5`,
    [kind, mark.village, mark.subject, villages, limit],
  );
  return rows.map(({ village, word, subject }) => ({ subject: { kind, id: subject }, village: word, mark: { slice: 0, village, subject } }));
};
