import type { Text } from '#decider';
import { fromDayNumber } from '#standards';
import type { Entry, Filter, Subject, Version } from '../ledger/types.js';
import { loadFacts } from '../store/load.js';
import { evaluateMeasure, type Moment } from '../ledger/evaluate.js';
import { leftOutOf, REASONS, type LeftOut } from '../ledger/left-out.js';
import { askedOf, grantedRegions, inRegion, slicesOf, type Question } from './question.js';
import { countedAfter, standingAfter, START, type Mark } from './subjects.js';
import { filterOf, seenThrough } from './visible.js';

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
}
export interface DrillPage<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

const told = ({ kind, key, from, to, eventId }: Version): FactTold => ({
  kind, id: key, from: fromDayNumber(from), through: to === Infinity ? null : fromDayNumber(to - 1), event: eventId,
});

const leftOutItem = (subject: Subject, { fact, reason }: LeftOut): LeftOutItem => ({ subject, fact: told(fact), reason, text: REASONS[reason] });

const momentOf = ({ key }: Question, filter: Filter | null): Moment => ({ day: key.asOf, knownAt: key.knownAt ?? Infinity, ...(filter ? { filter } : {}) });

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

type Found = Omit<CountedItem, 'by'> & { readonly cursor: Cursor; readonly entry?: Entry };

const fromLedger = async (question: Question, mark: Mark, limit: number): Promise<Found[]> => {
  const { sql, schema } = question.ledger;
  const rows = await countedAfter(sql, schema, askedOf(question), { mark, limit });
  return rows.map((row) => ({ subject: { kind: question.measure.subject, id: row.id }, village: row.village, value: row.value, cursor: { phase: 'ledger', mark: row.mark } }));
};

const fromBeside = async (question: Question, mark: Mark, limit: number): Promise<Found[]> => {
  const found: Found[] = [];
  let i = 0;
  for await (const { subject, entry } of seenThrough(question, (group) => group === question.key.group)) {
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
  const facts = await loadFacts(ledger.sql, ledger.schema, page.map(({ subject }) => subject), ledger.organisations);
  const items = page.map(({ subject, village, value, entry }) => {
    const entries = entry ? [entry] : evaluateMeasure(measure, subject, facts, momentOf(question, null)).filter((e) => e.group === key.group && e.village === village);
    const by = new Map(entries.flatMap((e) => e.by).map((version) => [version.eventId, version]));
    return { subject, village, value, by: [...by.values()].map(told) };
  });
  const last = page.at(-1);
  return { items, next: found.length > limit && last ? write(last.cursor) : null };
};

/** Villages that the left-out list runs through: those of every slice. */
const villagesOf = (question: Question): readonly string[] | null => {
  const slices = slicesOf(question, grantedRegions(question.ledger));
  const all = slices.flatMap(({ villages }) => villages ?? []);
  return slices.some(({ villages }) => villages === null) ? null : [...new Set([...all, ...(question.key.region === null ? [''] : [])])];
};

/** Subjects of the measure that stand there, and for each the facts that did not count, with the reason. Pages may be short. */
export const leftOutPage = async (question: Question, { after, limit }: { after?: string; limit: number }): Promise<DrillPage<LeftOutItem>> => {
  const { ledger, measure, key } = question;
  const where = { kind: measure.subject, villages: villagesOf(question) };
  const rows = await standingAfter(ledger.sql, ledger.schema, where, { mark: read(after).mark, limit: limit * 5 });
  const items: LeftOutItem[] = [];
  const facts = await loadFacts(ledger.sql, ledger.schema, rows.map(({ subject }) => subject), ledger.organisations);
  let next: Mark | null = null;
  for (const { subject, mark } of rows) {
    const found = leftOutOf({ measure, group: key.group, from: key.from }, subject, facts, momentOf(question, null));
    items.push(...found.map((one) => leftOutItem(subject, one)));
    next = mark;
    if (items.length >= limit) break;
  }
  const more = next !== null && (rows.length === limit * 5 || next.subject !== rows.at(-1)?.subject.id);
  return { items, next: more && next ? write({ phase: 'ledger', mark: next }) : null };
};

/** What a grant on organisations leaves out is known only of the subjects it reaches. */
export const besideLeftOut = async (question: Question): Promise<LeftOutItem[]> => {
  const filter = filterOf(question.ledger);
  if (!filter) return [];
  const { measure, key, ledger } = question;
  const items: LeftOutItem[] = [];
  for await (const { subject, entry } of seenThrough(question, (group) => group === key.group)) {
    const facts = await loadFacts(ledger.sql, ledger.schema, [subject], ledger.organisations);
    if (!inRegion(ledger.tree, key.region, { village: entry.village, day: key.asOf })) continue;
    const found = leftOutOf({ measure, group: key.group, from: key.from }, subject, facts, momentOf(question, filter));
    items.push(...found.map((one) => leftOutItem(subject, one)));
  }
  return items;
};
