import type { Text } from '#decider';
import { fromDayNumber } from '#standards';
import type { Entry, FactIndex, Subject, Version } from '../ledger/types.js';
import { loadFacts } from '../store/load.js';
import { placing } from '../store/places.js';
import { evaluateMeasure, lookAt, type Moment } from '../ledger/evaluate.js';
import { kindsFor } from '../ledger/grounds.js';
import { leftOutOf, REASONS, type LeftOut } from '../ledger/left-out.js';
import { askedOf, grantedRegions, slicesOf, type Question } from './question.js';
import type { Slice } from './slices.js';
import { countedAfter, standingAfter, START, type Mark, type Standing } from './subjects.js';
import { reachedBy, seenThrough, standsBeside } from './visible.js';

/** One fact that made or did not make a subject count, and the event that states it as it is used here. */
export interface FactTold {
  readonly kind: string;
  readonly id: string;
  readonly from: string;
  readonly through: string | null;
  readonly event: string;
}
export interface CountedItem {
  readonly subject: Subject;
  readonly village: string;
  readonly value: number;
  readonly by: readonly FactTold[];
}
export interface LeftOutItem {
  readonly subject: Subject;
  readonly fact: FactTold;
  readonly reason: LeftOut['reason'];
  readonly text: Text;
  /** Other facts that are the reason. */
  readonly because: readonly FactTold[];
}
export interface DrillPage<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

const told = ({ kind, key, from, to, eventId }: Version): FactTold => ({
  kind, id: key, from: fromDayNumber(from), through: to === Infinity ? null : fromDayNumber(to - 1), event: eventId,
});

const leftOutItem = (subject: Subject, { fact, reason, because }: LeftOut): LeftOutItem => ({ subject, fact: told(fact), reason, text: REASONS[reason], because: because.map(told) });

const momentOf = ({ key }: Question): Moment => ({ day: key.asOf, knownAt: key.knownAt ?? Infinity });

/** Pages run through the ledger first, then through what an organisation's grant shows beside it. */
interface Cursor {
  readonly phase: 'ledger' | 'beside';
  readonly mark: Mark;
}
const FIRST: Cursor = { phase: 'ledger', mark: START };
const write = ({ phase, mark }: Cursor): string => Buffer.from(JSON.stringify([phase, mark.slice, mark.village, mark.subject])).toString('base64url');
const read = (text: string | undefined): Cursor => {
  if (text === undefined) return FIRST;
  try {
    const [phase, slice, village, subject] = JSON.parse(Buffer.from(text, 'base64url').toString()) as [Cursor['phase'], number, number, string];
    return { phase, mark: { slice: Number(slice), village: Number(village), subject: String(subject) } };
  } catch {
    return FIRST;
  }
};

/** Found in the ledger within some days of a period, or beside it with its facts. */
type Found = Omit<CountedItem, 'by'> & { readonly cursor: Cursor; readonly slice?: Slice; readonly entry?: Entry };

const fromLedger = async (question: Question, mark: Mark, limit: number): Promise<Found[]> => {
  const { sql, schema } = question.ledger;
  const asked = askedOf(question);
  const rows = await countedAfter(sql, schema, asked, { mark, limit });
  return rows.map((row) => ({ subject: { kind: question.measure.subject, id: row.id }, village: row.village, value: row.value, slice: asked.slices[row.mark.slice], cursor: { phase: 'ledger', mark: row.mark } }));
};

const fromBeside = async (question: Question, mark: Mark, limit: number): Promise<Found[]> => {
  const found: Found[] = [];
  let i = 0;
  for await (const { subject, entry } of seenThrough(question, question.key)) {
    if (i >= mark.slice) found.push({ subject, village: entry.village, value: entry.value, entry, cursor: { phase: 'beside', mark: { slice: i + 1, village: 0, subject: subject.id } } });
    if (found.length >= limit) break;
    i += 1;
  }
  return found;
};

const foundAfter = async (question: Question, cursor: Cursor, limit: number): Promise<Found[]> => {
  const stored = cursor.phase === 'ledger' ? await fromLedger(question, cursor.mark, limit) : [];
  if (stored.length >= limit) return stored;
  return [...stored, ...(await fromBeside(question, cursor.phase === 'beside' ? cursor.mark : START, limit - stored.length))];
};

/** Subjects counted, each with the facts that made it. The values of all pages sum to the figure. */
export const countedPage = async (question: Question, { after, limit }: { after?: string; limit: number }): Promise<DrillPage<CountedItem>> => {
  const { ledger, measure, key } = question;
  const found = await foundAfter(question, read(after), limit + 1);
  const page = found.slice(0, limit);
  const facts = await loadFacts(ledger, page.map(({ subject }) => subject), kindsFor(measure, key.group !== ''));
  const items = page.map(({ subject, village, value, slice, entry }) => {
    const within = ({ cohort }: Entry): boolean => cohort === null || !slice || (slice.from <= cohort && cohort <= slice.to);
    const entries = entry ? [entry] : evaluateMeasure(measure, lookAt(subject, facts, momentOf(question)), key).filter((e) => e.village === village && within(e));
    const by = new Map(entries.flatMap((e) => e.by).map((version) => [version.eventId, version]));
    return { subject, village, value, by: [...by.values()].map(told) };
  });
  const last = page.at(-1);
  return { items, next: found.length > limit && last ? write(last.cursor) : null };
};

/** Villages that a left-out list runs through: those of every slice. Null: all, and what has no place yet. */
const villagesOf = (question: Question, granted: readonly string[] | null): readonly string[] | null => {
  const slices = slicesOf(question, granted);
  return slices.some(({ villages }) => villages === null) ? null : [...new Set(slices.flatMap(({ villages }) => villages ?? []))];
};

/** Where a subject that stood in several of these villages is told of, so that it is once. */
const tellsOf = (villages: readonly string[] | null, { subject, village }: Standing, facts: FactIndex): boolean => {
  const stood = placing(subject, facts).flatMap(({ attributes: { villageId } }) => villageId ?? []);
  const [first = ''] = stood.filter((one) => villages === null || villages.includes(one)).sort();
  return village === first;
};

type LeftOutFound = { readonly items: readonly LeftOutItem[]; readonly next: Cursor | null };

/** Subjects that stand there, as far as one look reaches. */
const leftOutThere = async (question: Question, mark: Mark, limit: number): Promise<LeftOutFound> => {
  const { ledger, measure, key } = question;
  const many = limit * 5;
  const villages = villagesOf(question, grantedRegions(ledger));
  const rows = await standingAfter(ledger.sql, ledger.schema, { kind: measure.subject, villages }, { mark, limit: many });
  const facts = await loadFacts(ledger, rows.map(({ subject }) => subject));
  const moment = momentOf(question);
  const items: LeftOutItem[] = [];
  for (const row of rows) {
    if (!tellsOf(villages, row, facts)) continue;
    const { subject, mark: at } = row;
    const found = leftOutOf({ measure, group: key.group, from: key.from }, lookAt(subject, facts, moment), moment);
    items.push(...found.map((one) => leftOutItem(subject, one)));
    if (items.length >= limit) return { items, next: { phase: 'ledger', mark: at } };
  }
  const last = rows.at(-1);
  return { items, next: rows.length === many && last ? { phase: 'ledger', mark: last.mark } : { phase: 'beside', mark: START } };
};

/** Subjects that only a grant on organisations reaches. */
const leftOutBeside = async (question: Question, mark: Mark, limit: number): Promise<LeftOutFound> => {
  const { measure, key } = question;
  const where = { there: villagesOf(question, null), told: villagesOf(question, grantedRegions(question.ledger)) };
  const items: LeftOutItem[] = [];
  let i = 0;
  for await (const reached of reachedBy(question)) {
    i += 1;
    if (i <= mark.slice || !standsBeside(where, reached)) continue;
    const found = leftOutOf({ measure, group: key.group, from: key.from }, reached.look, reached.moment).filter(({ fact }) => reached.inForce || fact.kind !== 'planting');
    items.push(...found.map((one) => leftOutItem(reached.subject, one)));
    if (items.length >= limit) return { items, next: { phase: 'beside', mark: { slice: i, village: 0, subject: reached.subject.id } } };
  }
  return { items, next: null };
};

/** Subjects of the measure that stand there or are reached, and for each the facts that did not count, with the reason. Pages may be short. */
export const leftOutPage = async (question: Question, { after, limit }: { after?: string; limit: number }): Promise<DrillPage<LeftOutItem>> => {
  const { phase, mark } = read(after);
  const { items, next } = phase === 'ledger' ? await leftOutThere(question, mark, limit) : await leftOutBeside(question, mark, limit);
  return { items, next: next && write(next) };
};
