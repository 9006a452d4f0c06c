import type { Sql } from '#decider';
import { firstOf, monthOf } from '../store/calendar.js';
import { NO_COHORT, TOTAL } from '../store/tables.js';
import type { Slice } from './slices.js';
import { Statement, type Asked } from './statement.js';

const isStock = ({ from }: Slice): boolean => from === -Infinity;
const cohorts = (s: Statement, slice: Slice, column = 'cohort'): string =>
  isStock(slice) ? `${column} = ${NO_COHORT}` : s.between(column, slice.from, slice.to);

/** Whole months of a slice, or null when it has none. */
const wholeMonths = ({ from, to }: Slice): readonly [number, number] | null => {
  const first = firstOf(monthOf(from)) === from ? monthOf(from) : monthOf(from) + 1;
  const last = firstOf(monthOf(to) + 1) === to + 1 ? monthOf(to) : monthOf(to) - 1;
  return first <= last ? [first, last] : null;
};

const select = (s: Statement, table: string, where: string, villages: string): string =>
  `select village, delta from ${s.schema}.${table} where measure = ${s.word(s.asked.measure)} and ${where}${villages}`;
/** The same, to be taken away. */
const less = (part: string): string => `select village, -delta as delta from (${part}) l`;

/** Sums of days or months: those of the villages, or where these are most of all, of all together less those of the rest. */
const rolledUp = (s: Statement, table: 'days' | 'months', where: string, slice: Slice): string[] => {
  if (!s.together(slice)) return [select(s, table, where, s.villages(slice))];
  const all = `select ${TOTAL} as village, delta from ${s.schema}.${table}_everywhere where measure = ${s.word(s.asked.measure)} and ${where}`;
  return slice.villages === null ? [all] : [all, less(select(s, table, where, s.rest(slice.villages)))];
};

/** Whole months before the month of asOf and its days so far, or that month too without its days to come: whichever is fewer days. */
const wholly = (s: Statement, slice: Slice, months: readonly [number, number] | null): string[] => {
  const month = monthOf(s.asked.asOf);
  const cohortMonths = months === null ? `cohort_in = ${NO_COHORT}` : s.between('cohort_in', ...months);
  const days: Slice = months === null ? slice : { ...slice, from: firstOf(months[0]), to: firstOf(months[1] + 1) - 1 };
  const { asOf } = s.asked;
  const [first, end] = [firstOf(month), firstOf(month + 1)];
  const early = asOf - first < end - asOf;
  const whole = rolledUp(s, 'months', `valid_in ${early ? '<' : '<='} ${s.put(month)}::int and ${cohortMonths}`, slice);
  if (asOf === end - 1) return whole;
  const [from, to] = early ? [first, asOf] : [asOf + 1, end - 1];
  const rest = rolledUp(s, 'days', `${s.between('valid_on', from, to)} and ${cohorts(s, days)}`, slice);
  return [...whole, ...(early ? rest : rest.map(less))];
};

const fromRollUps = (s: Statement, slice: Slice): string[] => {
  if (isStock(slice)) return wholly(s, slice, null);
  const months = wholeMonths(slice);
  const rest: Slice[] = months === null ? [slice] : [{ ...slice, to: firstOf(months[0]) - 1 }, { ...slice, from: firstOf(months[1] + 1) }];
  const days = rest.filter(({ from, to }) => from <= to).flatMap((part) => rolledUp(s, 'days', `valid_on <= ${s.put(s.asked.asOf)}::int and ${cohorts(s, part)}`, part));
  return months === null ? days : [...wholly(s, slice, months), ...days];
};

/** The lines of the group itself, known by then. */
const fromLines = (s: Statement, slice: Slice): string => {
  const { group, asOf, knownAt } = s.asked;
  const known = knownAt === null ? '' : ` and rec <= ${s.put(knownAt)}::bigint`;
  return select(s, 'lines', `grp = ${s.word(group)} and valid_on <= ${s.put(asOf)}::int and ${cohorts(s, slice)}${known}`, s.villages(slice));
};

/** What the total has learned since, from the index made for it. */
const learnedSince = (s: Statement, slice: Slice): string => {
  const { asOf, knownAt } = s.asked;
  const where = `grp = ${TOTAL} and rec > ${s.put(knownAt)}::bigint and valid_on <= ${s.put(asOf)}::int and ${cohorts(s, slice)}`;
  return less(select(s, 'lines', where, s.villages(slice)));
};

const linesOf = (s: Statement, slice: Slice): string[] => {
  if (s.asked.group !== '' || s.forwards) return [fromLines(s, slice)];
  return s.asked.knownAt === null ? fromRollUps(s, slice) : [...fromRollUps(s, slice), learnedSince(s, slice)];
};

/** Whether fewer lines of the total were learned by then than after: a guess, from where it lies between the first and the last. */
const isEarly = async (sql: Sql, schema: string, { measure, group, knownAt }: Asked): Promise<boolean> => {
  if (group !== '' || knownAt === null) return false;
  const of = `from ${schema}.lines where grp = ${TOTAL} and measure = (select id from ${schema}.words where word = $1)`;
  const { rows } = await sql.query<{ first: number | null; last: number | null }>(`select (select min(rec) ${of}) as first, (select max(rec) ${of}) as last`, [measure]);
  return knownAt - Number(rows[0]?.first) < Number(rows[0]?.last) - knownAt;
};

/** The figure: Σ of its lines. One statement, so one state of the ledger. */
export const total = async (sql: Sql, schema: string, asked: Asked): Promise<number> => {
  if (asked.slices.length === 0) return 0;
  const s = new Statement(schema, asked, { forwards: await isEarly(sql, schema, asked) });
  const lines = asked.slices.flatMap((slice) => linesOf(s, slice)).join(' union all ');
  const rows = await s.rows<{ n: string | null }>(sql, `select sum(delta) as n from (${lines}) p (village, delta)`);
  return Number(rows[0]?.n ?? 0);
};

/** What a village counts for in one of the slices, by its place among them. */
export interface VillageSum {
  readonly slice: number;
  readonly village: string;
  readonly n: number;
}
/** The same, told apart by slice and village. */
export const byVillage = async (sql: Sql, schema: string, asked: Asked): Promise<VillageSum[]> => {
  if (asked.slices.length === 0) return [];
  const s = new Statement(schema, asked, { forwards: await isEarly(sql, schema, asked), apart: true });
  const slices = asked.slices.map((slice, i) => `select ${i} as slice, village, sum(delta) as n from (${linesOf(s, slice).join(' union all ')}) p (village, delta) group by village`);
  const rows = await s.rows<{ slice: number; village: string; n: string }>(
    sql,
    `select q.slice, w.word as village, q.n from (${slices.join(' union all ')}) q join ${schema}.words w on w.id = q.village where q.n <> 0`,
  );
  return rows.map(({ slice, village, n }) => ({ slice, village, n: Number(n) }));
};

/** Every group of a dimension that counts something; the sums overlap where a subject is in several. */
export const byGroup = async (sql: Sql, schema: string, asked: Asked): Promise<Map<string, number>> => {
  const s = new Statement(schema, asked);
  const groups = `(select id, word from ${schema}.words where word like ${s.put(`${asked.group}=%`)}::text)`;
  const known = asked.knownAt === null ? '' : ` and l.rec <= ${s.put(asked.knownAt)}::bigint`;
  const parts = asked.slices.map(
    (slice) =>
      `select g.word, sum(l.delta) as n from ${schema}.lines l join ${groups} g on g.id = l.grp
       where l.measure = ${s.word(asked.measure)} and l.valid_on <= ${s.put(asked.asOf)}::int and ${cohorts(s, slice, 'l.cohort')}${known}${s.villages(slice)} group by g.word`,
  );
  if (parts.length === 0) return new Map();
  const rows = await s.rows<{ word: string; n: string }>(sql, `select word, sum(n) as n from (${parts.join(' union all ')}) p group by word having sum(n) <> 0`);
  return new Map(rows.map(({ word, n }) => [word.slice(asked.group.length + 1), Number(n)]));
};
