import type { WorkerContext } from '#service-kit';
import { regionsDue, villagesAt } from '../known/villages.view.js';
import { ALL, movedSince, type Look } from '../scoring/moved.js';
import { sheetsKnown } from '../sheet/standard-sheets.view.js';
import { valuesDue } from '../value/star-values.view.js';
import { moveOn, seenSoFar, type Seen } from './queue.js';

type Context = Pick<WorkerContext, 'db' | 'schemaOf' | 'today' | 'ask'>;

/** Our views that scores rest on. */
const VIEWS = ['standard_sheets', 'star_values', 'villages'] as const;

/** The projection's answer to what changed. */
interface Changes {
  readonly next: number;
  readonly day: string;
  readonly generation: string;
  readonly villages: readonly string[];
  readonly due: readonly string[];
}

const inProjection = async ({ ask }: Context, seen: Seen | null): Promise<{ villages: readonly string[]; now: Seen['projection'] }> => {
  const before = seen?.projection;
  const { next, day, generation, villages, due } = await ask<Changes>('projection', '/changes', { since: before?.fold ?? 0, day: before?.day });
  // A rebuilt ledger numbers its folds anew: what they were since then cannot be told.
  const all = before?.generation !== generation;
  return { villages: all ? [ALL] : [...villages, ...due], now: { generation, fold: next, day } };
};

const inViews = async ({ db, schemaOf }: Context, seen: Seen | null): Promise<{ villages: readonly string[]; now: Seen['views'] }> => {
  const looks = VIEWS.map((view): Look => {
    const [schema, before] = [schemaOf(view), seen?.views[view]];
    return before?.schema === schema ? before : { schema, number: 0 };
  });
  const { villages, next } = await movedSince(db, looks);
  const rebuilt = looks.some((look, i) => look !== seen?.views[VIEWS[i] ?? '']);
  return { villages: rebuilt ? [ALL] : villages, now: Object.fromEntries(VIEWS.map((view, i) => [view, next[i] as Look])) };
};

/** What holds from a day that has come since: a value, a region's statement, a sheet; a new year asks for everything anew. */
const comeDue = async ({ db, schemaOf }: Context, since: string, today: string): Promise<readonly string[]> => {
  if (since >= today) return [];
  const sheets = await sheetsKnown(db, schemaOf('standard_sheets'), null);
  if (since.slice(0, 4) !== today.slice(0, 4) || sheets.some(({ from }) => from > since && from <= today)) return [ALL];
  return [...(await valuesDue(db, schemaOf('star_values'), since, today)), ...(await regionsDue(db, schemaOf('villages'), since, today))];
};

/**
 * Puts on the queue every village whose score may have moved since we last looked. What comes after this look is seen by the
 * next one, so whoever scores after it scores with at least all that is on the queue for it.
 */
export const noticeWhatMoved = async (context: Context): Promise<void> => {
  const { db, schemaOf } = context;
  const seen = await seenSoFar(db);
  const today = context.today();
  if (seen === null && (await sheetsKnown(db, schemaOf('standard_sheets'), null)).length === 0) return;
  const [projection, views] = [await inProjection(context, seen), await inViews(context, seen)];
  const moved = new Set([...projection.villages, ...views.villages, ...(await comeDue(context, seen?.today ?? today, today))]);
  const now: Seen = { projection: projection.now, views: views.now, today };
  if (moved.size === 0 && JSON.stringify(now) === JSON.stringify(seen)) return;
  const villages = moved.has(ALL) ? (await villagesAt(db, schemaOf('villages'), null, today)).map(({ id }) => id) : [...moved];
  await moveOn(db, villages, now);
};
