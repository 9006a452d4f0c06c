import { createReadStream, createWriteStream, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import type { FoldContext } from '#decider';
import { openDatabase, startEmbedded, type Database, type Tx } from '#postgres';
import { figures } from '../../apps/projection/src/figures.view.js';
import { tables } from '../../apps/projection/src/store/tables.js';
import { dataDirectory } from '../infra/data-directory.js';
import { livesOf } from './lives.js';
import { recordedLives } from './recorded-lives.js';
import { asking } from './projection-asking.js';
import { multiplied } from './projection-many.js';
import { simpleFold } from './projection-simple.js';
import type { BenchRow } from './row.js';

/** Events a live batch holds, over all lanes. */
const BATCH = 5000;

const batches = function* (households: number) {
  let batch = [];
  for (const event of recordedLives(livesOf(households))) {
    batch.push(event);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
};

/** Folds the lives as they come: what all lanes recorded meanwhile in one transaction, as a host does that is behind. */
const live = async (db: Database, schema: string, households: number): Promise<{ seconds: number; events: number }> => {
  let [events, ms] = [0, 0];
  for (const batch of batches(households)) {
    const begun = performance.now();
    await db.transaction((tx) => figures.fold({ events: batch }, { db: tx, schema }));
    ms += performance.now() - begun;
    events += batch.length;
  }
  return { seconds: ms / 1000, events };
};

/** Makes the ledger at once, as a rebuild does: every batch collected, then completed. */
const rebuilt = async (db: Database, schema: string, households: number): Promise<number> => {
  const build = figures.build;
  if (!build) throw new Error('the view has no way to be built at once');
  await db.query(`drop schema if exists ${schema} cascade; create schema ${schema}; ${build.tables(schema)}`);
  let ms = 0;
  const timed = async (work: (context: FoldContext<Tx>) => Promise<void>): Promise<void> => {
    const begun = performance.now();
    await db.transaction((tx) => work({ db: tx, schema }));
    ms += performance.now() - begun;
  };
  for (const batch of batches(households)) {
    await timed((context) => build.collect({ events: batch }, context));
  }
  await timed((context) => build.complete(context));
  return ms / 1000;
};

/** Households of the ledger that is copied: about 300 a village, as a large set has. */
const COPIED = 80_000;
const TABLES = ['words', 'versions', 'lines', 'days', 'months', 'days_everywhere', 'months_everywhere', 'places', 'folds', 'changed'];

/** The same rows into the same indexed tables by bare COPY, from files that are ready; answers with seconds. */
const bareCopy = async (url: string, { from, to, dir }: { from: string; to: string; dir: string }): Promise<number> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const table of TABLES) await pipeline(client.query(copyTo(`copy ${from}.${table} to stdout`)), createWriteStream(join(dir, table)));
  const begun = performance.now();
  for (const table of TABLES) await pipeline(createReadStream(join(dir, table), { highWaterMark: 1 << 20 }), client.query(copyFrom(`copy ${to}.${table} from stdin`)));
  const seconds = (performance.now() - begun) / 1000;
  await client.end();
  return seconds;
};

const linesOf = async (db: Database, schema: string): Promise<number> => (await db.query<{ n: number }>(`select count(*) as n from ${schema}.lines`)).rows[0]?.n ?? 0;

const made = async (db: Database, schema: string): Promise<void> => {
  await db.query(`drop schema if exists ${schema} cascade; create schema ${schema}; ${tables(schema)}`);
};

const rateRow = (name: string, lines: number, { ours, bare, target }: { ours: number; bare: number; target: number }): BenchRow => ({
  name, unit: 'lines/s', ours: lines / ours, limit: lines / bare, ratio: bare / ours, target, better: 'higher',
});

/** The questions alone, of a ledger that is made of many copies of a smaller one: folding a million households takes hours. */
const askedOfMany = async (db: Database, households: number): Promise<BenchRow[]> => {
  await rebuilt(db, 'again', COPIED);
  await multiplied(db, 'again', { to: 'many', times: Math.round(households / COPIED) });
  await db.query('drop schema again cascade');
  console.log(`  ${households} households, copies of ${COPIED}: ${await linesOf(db, 'many')} lines`);
  return asking(db, 'many', households);
};

/** @param options.households 100,000 unless told; the targets on queries hold at 1,000,000 */
export const run = async ({ households = 100_000 }: { households?: number } = {}): Promise<BenchRow[]> => {
  const dir = dataDirectory('shuangbang-bench');
  const server = await startEmbedded({ dir: join(dir, 'pg') });
  const db = openDatabase(server.url());
  try {
    if (households > 200_000) return await askedOfMany(db, households);
    await made(db, 'ours');
    const fold = await live(db, 'ours', households);
    const lines = await linesOf(db, 'ours');
    await made(db, 'bare');
    await db.query('truncate bare.words');
    const bare = await bareCopy(db.url, { from: 'ours', to: 'bare', dir });
    console.log(`  ${households} households: ${fold.events} events, ${lines} lines in ${fold.seconds.toFixed(1)} s, ${Math.round(fold.events / fold.seconds)} events/s; bare COPY ${bare.toFixed(1)} s; memory ${Math.round(process.memoryUsage().rss / 1e6)} MB`);
    await db.query('drop schema bare cascade');
    const again = await rebuilt(db, 'again', households);
    const same = (await linesOf(db, 'again')) === lines;
    console.log(`  rebuilt in ${again.toFixed(1)} s, ${same ? 'the same' : 'NOT the same'} number of lines; memory ${Math.round(process.memoryUsage().rss / 1e6)} MB`);
    await db.query('drop schema ours cascade');
    return [
      rateRow(`projection, live, ${households} households`, lines, { ours: fold.seconds, bare, target: 0.3 }),
      rateRow(`projection, in a rebuild, ${households} households`, lines, { ours: again, bare, target: 0.5 }),
      await simpleFold(db),
      ...(await asking(db, 'again', households)),
    ];
  } finally {
    await db.close();
    await server.stop();
    rmSync(dir, { recursive: true, force: true });
  }
};
