import type { Sql } from '#decider';
import { firstOf, monthOf } from '../store/calendar.js';
import { NO_COHORT, TOTAL } from '../store/tables.js';
import type { Slice } from './slices.js';

/** One figure asked of the ledger: a measure, a group ('' is the total), and where and when. */
export interface Asked {
  readonly measure: string;
  readonly group: string;
  readonly slices: readonly Slice[];
  readonly asOf: number;
  /** Epoch ms; null: with everything folded so far. */
  readonly knownAt: number | null;
}

/** A statement under construction: its values by place. */
class Statement {
  readonly values: unknown[] = [];
  private readonly lists = new Map<readonly string[], string>();

  constructor(
    readonly schema: string,
    readonly asked: Asked,
    /** An earlier state is added up from the first line on, not taken back from the last. */
    readonly forwards = false,
  ) {}

  put(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }

  word(text: string): string {
    if (text === '') return `${TOTAL}`;
    return `(select id from ${this.schema}.words where word = ${this.put(text)}::text)`;
  }

  /** Joined by hash: to look a village up in an array, a district's of thousands, takes longer than to read the line. */
  villages({ villages }: Slice): string {
    if (villages === null) return '';
    const name = this.lists.get(villages) ?? `villages_${this.lists.size}`;
    this.lists.set(villages, name);
    return ` and village in (select id from ${name})`;
  }

  /** Asks `text`, with the lists of villages that it names. */
  async rows<T>(sql: Sql, text: string): Promise<T[]> {
    const lists = [...this.lists].map(([villages, name]) => `${name} as materialized (select w.id from unnest(${this.put(villages)}::text[]) v (word) join ${this.schema}.words w using (word))`);
    const { rows } = await sql.query<T>(lists.length > 0 ? `with ${lists.join(', ')} ${text}` : text, this.values, 'for-values');
    return rows;
  }

  between(column: string, from: number, to: number): string {
    return `${column} between ${this.put(from)}::int and ${this.put(to)}::int`;
  }
}

const isStock = ({ from }: Slice): boolean => from === -Infinity;
const cohorts = (s: Statement, slice: Slice, column = 'cohort'): string =>
  isStock(slice) ? `${column} = ${NO_COHORT}` : s.between(column, slice.from, slice.to);

/** Whole months of a slice, or null when it has none. */
const wholeMonths = ({ from, to }: Slice): readonly [number, number] | null => {
  const first = firstOf(monthOf(from)) === from ? monthOf(from) : monthOf(from) + 1;
  const last = firstOf(monthOf(to) + 1) === to + 1 ? monthOf(to) : monthOf(to) - 1;
  return first <= last ? [first, last] : null;
};

const select = (s: Statement, table: string, where: string, slice: Slice): string =>
  `select village, delta from ${s.schema}.${table} where measure = ${s.word(s.asked.measure)} and ${where}${s.villages(slice)}`;
/** The same, to be taken away. */
const less = (part: string): string => `select village, -delta from (${part}) l`;

/** Whole months before the month of asOf and its days so far, or that month too without its days to come: whichever is fewer days. */
const wholly = (s: Statement, slice: Slice, months: readonly [number, number] | null): string[] => {
  const month = monthOf(s.asked.asOf);
  const cohortMonths = months === null ? `cohort_in = ${NO_COHORT}` : s.between('cohort_in', ...months);
  const days: Slice = months === null ? slice : { ...slice, from: firstOf(months[0]), to: firstOf(months[1] + 1) - 1 };
  const { asOf } = s.asked;
  const [first, end] = [firstOf(month), firstOf(month + 1)];
  const early = asOf - first < end - asOf;
  const whole = select(s, 'months', `valid_in ${early ? '<' : '<='} ${s.put(month)}::int and ${cohortMonths}`, slice);
  if (asOf === end - 1) return [whole];
  const [from, to] = early ? [first, asOf] : [asOf + 1, end - 1];
  const rest = select(s, 'days', `${s.between('valid_on', from, to)} and ${cohorts(s, days)}`, slice);
  return [whole, early ? rest : less(rest)];
};

const fromRollUps = (s: Statement, slice: Slice): string[] => {
  if (isStock(slice)) return wholly(s, slice, null);
  const months = wholeMonths(slice);
  const rest: Slice[] = months === null ? [slice] : [{ ...slice, to: firstOf(months[0]) - 1 }, { ...slice, from: firstOf(months[1] + 1) }];
  const days = rest.filter(({ from, to }) => from <= to).map((part) => select(s, 'days', `valid_on <= ${s.put(s.asked.asOf)}::int and ${cohorts(s, part)}`, part));
  return months === null ? days : [...wholly(s, slice, months), ...days];
};

/** The lines of the group itself, known by then. */
const fromLines = (s: Statement, slice: Slice): string => {
  const { group, asOf, knownAt } = s.asked;
  const known = knownAt === null ? '' : ` and rec <= ${s.put(knownAt)}::bigint`;
  return select(s, 'lines', `grp = ${s.word(group)} and valid_on <= ${s.put(asOf)}::int and ${cohorts(s, slice)}${known}`, slice);
};

/** What the total has learned since, from the index made for it. */
const learnedSince = (s: Statement, slice: Slice): string => {
  const { asOf, knownAt } = s.asked;
  const where = `grp = ${TOTAL} and rec > ${s.put(knownAt)}::bigint and valid_on <= ${s.put(asOf)}::int and ${cohorts(s, slice)}`;
  return less(select(s, 'lines', where, slice));
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
  const s = new Statement(schema, asked, await isEarly(sql, schema, asked));
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
  const s = new Statement(schema, asked, await isEarly(sql, schema, asked));
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
