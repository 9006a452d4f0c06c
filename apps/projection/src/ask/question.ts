import { dayNumber, endOfDay } from '#standards';
import type { QueryContext } from '#service-kit';
import { newYearOf } from '../store/calendar.js';
import { ledgerOf, type Ledger } from './context.js';
import type { WhereAndWhen } from './input.js';
import type { Measure } from '../ledger/measure.js';
import { MEASURES } from '../measures/index.js';
import { regionOf } from './places.js';
import { beyondWatermark, noSuchGroup, noSuchMeasure, periodReversed } from './refusals.js';
import { inRegion, periodSlices, type Region, stockSlice, type Slice } from './slices.js';
import type { Asked } from './statement.js';
import type { FigureKey } from './token.js';

export type Context = Pick<QueryContext<unknown>, 'db' | 'schemaOf' | 'watermark' | 'skipped' | 'scope' | 'today'>;

/** A figure asked for, in full: nothing is left to be guessed. */
export interface Question {
  readonly key: FigureKey;
  readonly measure: Measure;
  readonly ledger: Ledger;
}

export const measureOf = (name: string): Measure => {
  const measure = MEASURES.find((one) => one.name === name);
  if (!measure) throw noSuchMeasure(name);
  return measure;
};

/** An instant, or a date meaning its end, in epoch ms. */
const instantOf = (text: string): number => (text.includes('T') ? Date.parse(text) : endOfDay(text));

/** `cooperative:c-1` → `cooperative=c-1`, as lines name their group. */
const groupOf = (measure: Measure, group: string | undefined): string => {
  if (group === undefined) return '';
  const at = group.indexOf(':');
  const dimension = group.slice(0, at);
  if (!(measure.groups as readonly string[]).includes(dimension)) throw noSuchGroup(dimension, measure.groups);
  return `${dimension}=${group.slice(at + 1)}`;
};

interface When {
  readonly asOf: number;
  readonly from: number | null;
}
const whenOf = (measure: Measure, { asOf, from }: WhereAndWhen, today: string): When => {
  const until = dayNumber(asOf ?? today);
  if (!measure.period) return { asOf: until, from: null };
  const since = from === undefined ? newYearOf(until) : dayNumber(from);
  if (since > until) throw periodReversed();
  return { asOf: until, from: since };
};

/** @throws Problem when what is asked for does not exist, or is not known yet */
export const questionOf = async (context: Context, input: WhereAndWhen & { measure: string; group?: string }): Promise<Question> => {
  const measure = measureOf(input.measure);
  const when = whenOf(measure, input, context.today);
  const knownAt = input.knownAt === undefined ? null : instantOf(input.knownAt);
  const ledger = await knownLedger(context, knownAt);
  const region = input.region === undefined ? null : regionOf(ledger.tree, input.region, when.asOf).id;
  return { key: { measure: measure.name, version: measure.version, group: groupOf(measure, input.group), region, within: null, ...when, knownAt }, measure, ledger };
};

/** The question that a drill token holds, for whoever opens it. */
export const reopened = async (context: Context, key: FigureKey): Promise<Question> => ({
  key,
  measure: measureOf(key.measure),
  ledger: await knownLedger(context, key.knownAt),
});

const knownLedger = async (context: Context, knownAt: number | null): Promise<Ledger> => {
  const ledger = await ledgerOf(context, knownAt);
  if (knownAt !== null && knownAt > ledger.watermark) throw beyondWatermark(new Date(ledger.watermark).toISOString());
  return ledger;
};

const regionOfQuestion = ({ key: { region, within }, ledger: { tree } }: Question): Region => ({ tree, region, within });

/** The slices of the region; `granted` cuts them to what a grant on regions shows, `days` to some days of the period. */
export const slicesOf = (question: Question, granted: readonly string[] | null, days: { from: number; to: number } | null = periodOf(question)): readonly Slice[] => {
  const where = { ...regionOfQuestion(question), granted };
  return days === null ? stockSlice(where, question.key.asOf) : periodSlices(where, days.from, days.to);
};
/** Days that a period figure is about; null for a stock. */
export const periodOf = ({ key: { from, asOf } }: Question): { from: number; to: number } | null => (from === null ? null : { from, to: asOf });

/** Regions whose ledger the caller may read; null: all. */
export const grantedRegions = ({ scope }: Ledger): readonly string[] | null => (scope.everywhere ? null : scope.regions);

/** What may be read from the ledger itself; of a period figure all of it or some days. */
export const askedOf = (question: Question, days = periodOf(question)): Asked => {
  const { measure, group, asOf, knownAt } = question.key;
  const slices = slicesOf(question, grantedRegions(question.ledger), days).filter(({ villages }) => villages === null || villages.length > 0);
  return { measure, group, slices, asOf, knownAt, villages: question.ledger.tree.size(asOf) };
};

/** Whether a village lies in the region of a question on a day. */
export const liesIn = (question: Question, village: string, day: number): boolean => inRegion(regionOfQuestion(question), { village, day });
