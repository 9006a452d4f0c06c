import { randomUUID } from 'node:crypto';
import type { StandardSheet, StarKind } from '#contracts';
import { Problem, type WorkerContext } from '#service-kit';
import { villagesAt } from '../known/villages.view.js';
import { assess, type Assessment } from '../scoring/assess.js';
import { recordStar } from '../scoring/record-star.js';
import { resultsSeen } from '../scoring/star-results.view.js';
import { sheetOn } from '../sheet/standard-sheet.js';
import { sheetsKnown } from '../sheet/standard-sheets.view.js';
import { takeOff, waiting, type Queued } from './queue.js';

/** Villages scored with one set of questions to the projection. */
const CHUNK = 500;

type Context = WorkerContext;

const starsOn = (sheets: readonly StandardSheet[], day: string): StarKind[] =>
  [...new Set(sheets.map(({ star }) => star))].filter((star) => sheetOn(sheets.filter((sheet) => sheet.star === star), day));

interface Recording {
  readonly star: StarKind;
  readonly asOf: string;
  readonly assessed: Assessment;
  /** Results of each village that were there before it was assessed. */
  readonly seen: ReadonlyMap<string, number>;
}

/** False: somebody else was faster, or our view has not caught up with what we recorded ourselves; it is scored again. */
const record = async ({ give }: Context, village: string, { star, asOf, assessed, seen }: Recording): Promise<boolean> => {
  const score = assessed.scores.get(village);
  if (!score) return true;
  const { sheetId, version: sheetVersion } = assessed.sheet;
  try {
    await give(recordStar, { villageId: village, star, year: Number(asOf.slice(0, 4)), asOf, sheetId, sheetVersion, ...score, seen: seen.get(village) ?? 0 }, randomUUID());
    return true;
  } catch (error) {
    if (error instanceof Problem && (error.kind === 'raced' || error.details.code === 'overtaken')) return false;
    throw error;
  }
};

/** Scores one star of some villages as of today; those that have to be scored again. */
const scoreStar = async (context: Context, star: StarKind, villages: readonly string[]): Promise<ReadonlySet<string>> => {
  const asOf = context.today();
  const seen = await resultsSeen(context.db, context.schemaOf('star_results'), star, villages);
  const [only] = villages;
  const assessed = await assess(context, { star, villages, region: villages.length === 1 ? only : undefined, asOf, knownAt: null });
  if (!assessed) return new Set();
  const recorded = await Promise.all(villages.map(async (village) => ({ village, done: await record(context, village, { star, asOf, assessed, seen }) })));
  return new Set(recorded.filter(({ done }) => !done).map(({ village }) => village));
};

const scoreQueued = async (context: Context, queued: readonly Queued[]): Promise<void> => {
  const { db, schemaOf } = context;
  const today = context.today();
  const there = (await villagesAt(db, schemaOf('villages'), queued.map(({ village }) => village), today)).map(({ id }) => id);
  const again = new Set<string>();
  if (there.length > 0) {
    for (const star of starsOn(await sheetsKnown(db, schemaOf('standard_sheets'), null), today)) {
      for (const village of await scoreStar(context, star, there)) again.add(village);
    }
  }
  await takeOff(db, queued.filter(({ village }) => !again.has(village)));
};

/** Scores what is on the queue, each village once a round. */
export const scoreTheQueue = async (context: Context): Promise<void> => {
  let queued = await waiting(context.db, 0, CHUNK);
  while (queued.length > 0 && !context.signal.aborted) {
    await scoreQueued(context, queued);
    queued = await waiting(context.db, queued.at(-1)?.turn ?? 0, CHUNK);
  }
};
