import type { RecordedEvent } from '#decider';
import { openDatabase, type Database } from '#postgres';
import { livesOf } from '../../../../test/bench/lives.js';
import { recordedLives } from '../../../../test/bench/recorded-lives.js';
import { testServer, type TestServer } from '../../../../test/infra/postgres.js';
import { figures } from '../figures.view.js';
import { MEASURES } from '../measures/index.js';
import { tables } from '../store/tables.js';
import { statedBy } from '../store/versions.js';
import { byVillage, total } from './ledger.js';
import { periodSlices, stockSlice } from './slices.js';
import { Tree } from './tree.js';

const EVENTS: readonly RecordedEvent[] = [...recordedLives({ ...livesOf(250), villages: 30, cooperatives: 12 })];
const HALF = EVENTS[EVENTS.length >> 1]?.recordedAt ?? 0;
const TREE = new Tree(statedBy({ events: EVENTS }).map(({ version }) => version).filter(({ kind }) => kind === 'region'), Infinity);
const VILLAGES = TREE.villages('r-410308', 19_300);

let server: TestServer;
let db: Database;
beforeAll(async () => {
  server = await testServer();
  db = openDatabase(await server.database());
  await db.query(`create schema asked; ${tables('asked')}`);
  await db.transaction((tx) => figures.fold({ events: EVENTS }, { db: tx, schema: 'asked' }));
}, 120_000);
afterAll(async () => {
  await db?.close();
  await server?.stop();
});

describe('A figure is the same from the sums of all villages together without the rest, as from those of its villages one by one', () => {
  const cases = [
    ['of all but a few villages', VILLAGES.slice(1, -3), 19_300],
    ['of all that lie in the district', VILLAGES, 19_289],
    ['of two', VILLAGES.slice(0, 2), 19_172],
    ['wherever', null, 19_180],
  ] as const;
  const asked = cases.flatMap(([where, villages, asOf]) => [null, HALF].map((knownAt) => [where, knownAt === null ? 'now' : 'as known then', { villages, asOf, knownAt }] as const));

  test.each(asked)('%s, %s', async (_, __, { villages, asOf, knownAt }) => {
    const where = { tree: TREE, region: villages && 'r-410308', within: null, granted: villages };
    const sums: number[] = [];
    for (const { name: measure, period } of MEASURES) {
      const question = { measure, group: '', slices: period ? periodSlices(where, 19_030, asOf) : stockSlice(where, asOf), asOf, knownAt, villages: TREE.size(asOf) };
      const apart = (await byVillage(db, 'asked', question)).reduce((sum, { n }) => sum + n, 0);
      for (const most of [0, Infinity]) expect([measure, most, await total(db, 'asked', { ...question, villages: most })]).toEqual([measure, most, apart]);
      sums.push(apart);
    }
    expect(sums.filter(Boolean).length).toBeGreaterThan(MEASURES.length / 2);
  });
});
