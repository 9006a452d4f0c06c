import type { RecordedEvent } from '#decider';
import { openDatabase, type Database } from '#postgres';
import { livesOf } from '../../../test/bench/lives.js';
import { recordedLives } from '../../../test/bench/recorded-lives.js';
import { testServer, type TestServer } from '../../../test/infra/postgres.js';
import { byGroup, byVillage, total } from './ask/ledger.js';
import { stockSlice } from './ask/slices.js';
import type { Asked } from './ask/statement.js';
import { countedAfter, START, type Mark } from './ask/subjects.js';
import { Tree } from './ask/tree.js';
import { figures } from './figures.view.js';
import { derive } from './ledger/index.js';
import type { Line, Subject, SubjectKind } from './ledger/types.js';
import { MEASURES } from './measures/index.js';
import { Facts } from './store/facts.js';
import { foldInto } from './store/fold.js';
import { Memory } from './store/memory.js';
import { NO_COHORT, tables } from './store/tables.js';
import { statedBy } from './store/versions.js';

const EVENTS: readonly RecordedEvent[] = [...recordedLives({ ...livesOf(250), villages: 30, cooperatives: 12 })];
const DAYS = [19_000, 19_150, 19_300];

let server: TestServer;
let db: Database;
beforeAll(async () => {
  server = await testServer();
  db = openDatabase(await server.database());
}, 120_000);
afterAll(async () => {
  await db?.close();
  await server?.stop();
});

type Fold = ReturnType<typeof foldInto>;
const laneBatches = (events: readonly RecordedEvent[]): RecordedEvent[][] => [...Map.groupBy(events, ({ service, lane }) => `${service}:${lane}`).values()];
const give = async (fold: Fold, schema: string, events: readonly RecordedEvent[]): Promise<void> => {
  if (events.length > 0) await db.transaction((tx) => fold({ events }, { db: tx, schema }));
};
const chunks = (size: number): RecordedEvent[][] => Array.from({ length: Math.ceil(EVENTS.length / size) }, (_, i) => EVENTS.slice(i * size, i * size + size));
const made = (schema: string): Promise<unknown> => db.query(`create schema ${schema}; ${tables(schema)}`);

/** Every line, in words, in an order of its own. */
const ledgerOf = async (schema: string): Promise<string[]> => {
  const { rows } = await db.query<{ line: string }>(
    `select concat_ws('|', m.word, g.word, v.word, l.subject, l.cohort, l.valid_on, l.rec, l.delta) as line from ${schema}.lines l
     join ${schema}.words m on m.id = l.measure join ${schema}.words g on g.id = l.grp join ${schema}.words v on v.id = l.village`,
  );
  return rows.map(({ line }) => line).sort();
};
const rollUpsOf = async (schema: string): Promise<unknown[]> => {
  const grain = (table: string, valid: string, cohort: string) =>
    `select '${table}' as grain, m.word as measure, v.word, ${valid} as valid, ${cohort} as cohort, delta from ${schema}.${table} t
     join ${schema}.words m on m.id = t.measure join ${schema}.words v on v.id = t.village where delta <> 0`;
  return (await db.query(`${grain('days', 'valid_on', 'cohort')} union all ${grain('months', 'valid_in', 'cohort_in')} order by 1, 2, 3, 4, 5`)).rows;
};
/** Of all villages together: as they are kept, and as those of the villages say. */
const everywhereOf = async (schema: string): Promise<[kept: unknown[], summed: unknown[]]> => {
  const both = (days: string, months: string) => `select 'days', measure, valid_on, cohort, ${days} union all select 'months', measure, valid_in, cohort_in, ${months} order by 1, 2, 3, 4`;
  const kept = await db.query(both(`delta from ${schema}.days_everywhere`, `delta from ${schema}.months_everywhere`));
  const summed = await db.query(both(`sum(delta)::bigint as delta from ${schema}.days group by 1, 2, 3, 4`, `sum(delta)::bigint from ${schema}.months group by 1, 2, 3, 4`));
  return [kept.rows, summed.rows];
};

/** The lines as the machine derives them from the whole set of versions at once. */
const derivedWhole = (): string[] => {
  const versions = statedBy({ events: EVENTS }).map(({ version }) => version);
  const facts = new Facts().addAll(versions);
  const of = (kind: SubjectKind, id: string | null | undefined): Subject[] => (id ? [{ kind, id }] : []);
  const subjects = new Map(
    versions
      .flatMap(({ attributes: a }) => [...of('household', a.householdId), ...of('parcel', a.parcelId), ...of('cooperative', a.cooperativeId), ...of('enterprise', a.enterpriseId), ...of('contract', a.contractId), ...of('village', a.regionId)])
      .map((subject) => [`${subject.kind}:${subject.id}`, subject]),
  );
  const told = (subject: Subject, l: Line) => [l.measure, l.group, l.village, subject.id, l.cohort ?? NO_COHORT, l.day, l.rec, l.delta].join('|');
  return [...subjects.values()].flatMap((subject) => derive(subject, facts, -1).map((line) => told(subject, line))).sort();
};

describe('The ledger', () => {
  let whole: string[];
  beforeAll(async () => {
    whole = derivedWhole();
    await made('in_order');
    for (const batch of chunks(1000)) for (const lane of laneBatches(batch)) await give(figures.fold, 'in_order', lane);
  }, 300_000);

  test('folded batch by batch equals what the whole set of facts derives', async () => {
    expect(whole.length).toBeGreaterThan(1000);
    expect(await ledgerOf('in_order')).toEqual(whole);
  }, 60_000);

  test('is the same when all lanes are folded together', async () => {
    await made('together');
    for (const batch of chunks(700)) await give(figures.fold, 'together', batch);
    expect(await ledgerOf('together')).toEqual(whole);
    expect(await rollUpsOf('together')).toEqual(await rollUpsOf('in_order'));
  }, 300_000);

  test('is the same when whole lanes arrive one after the other, the earliest facts last, worked in small parts', async () => {
    await made('reversed');
    const fold = foldInto(new Memory(), derive, { chunk: 100, many: 500 });
    for (const lane of laneBatches(EVENTS).reverse()) await give(fold, 'reversed', lane);
    expect(await ledgerOf('reversed')).toEqual(whole);
    expect(await rollUpsOf('reversed')).toEqual(await rollUpsOf('in_order'));
  }, 300_000);

  test('is the same when every batch is folded by a process that has just started, and some folds are rolled back', async () => {
    await made('restarted');
    let turn = 0;
    for (const batch of chunks(1500)) {
      for (const lane of laneBatches(batch)) {
        const fold = foldInto(new Memory(), derive);
        turn += 1;
        const [first] = lane;
        if (turn % 3 === 0 && first) {
          const lost = db.transaction(async (tx) => {
            await fold({ events: lane }, { db: tx, schema: 'restarted' });
            throw new Error('lost');
          });
          await expect(lost).rejects.toThrow('lost');
        }
        await give(fold, 'restarted', lane);
      }
    }
    expect(await ledgerOf('restarted')).toEqual(whole);
    expect(await rollUpsOf('restarted')).toEqual(await rollUpsOf('in_order'));
  }, 300_000);

  test('is the same built at once from half of the events, lanes in another order, and folded from there on', async () => {
    const { build } = figures;
    if (!build) throw new Error('no way to build at once');
    await db.query(`create schema at_once; ${build.tables('at_once')}`);
    const half = EVENTS.length >> 1;
    for (const lane of laneBatches(EVENTS.slice(0, half)).reverse()) await give(build.collect, 'at_once', lane);
    await db.transaction((tx) => build.complete({ db: tx, schema: 'at_once' }));
    for (const lane of laneBatches(EVENTS.slice(half))) await give(foldInto(new Memory(), derive), 'at_once', lane);
    expect(await ledgerOf('at_once')).toEqual(whole);
    expect(await rollUpsOf('at_once')).toEqual(await rollUpsOf('in_order'));
  }, 300_000);

  test.each(['in_order', 'reversed', 'restarted', 'at_once'])('keeps the sums of all villages together, %s', async (schema) => {
    const [kept, summed] = await everywhereOf(schema);
    expect(kept.length).toBeGreaterThan(100);
    expect(kept).toEqual(summed);
  });

  test('numbers its folds on from an earlier generation’s, and notes the villages each has changed', async () => {
    const { rows } = await db.query<{ without: number; last: number }>('select max(fold) - min(fold) + 1 - count(*) as without, max(fold) as last from in_order.folds');
    expect(rows[0]?.without).toBe(0);
    await made('later');
    const { rows: later } = await db.query<{ fold: number }>('select fold from later.head');
    expect(later[0]?.fold).toBeGreaterThan(rows[0]?.last ?? Infinity);
    const { rows: silent } = await db.query('select distinct village from in_order.lines except select village from in_order.changed');
    expect(silent).toEqual([]);
  });
});

describe('A figure', () => {
  let tree: Tree;
  const asked = (measure: string, over: Partial<Asked> = {}): Asked => ({ measure, group: '', slices: stockSlice({ tree, region: 'r-410308', within: null, granted: null }, 19_300), asOf: 19_300, knownAt: null, villages: tree.size(19_300), ...over });
  const stocks = MEASURES.filter(({ period }) => !period);

  beforeAll(() => {
    tree = new Tree(statedBy({ events: EVENTS }).map(({ version }) => version).filter(({ kind }) => kind === 'region'), Infinity);
  });

  const summed = async (measure: string, asOf: number, knownAt: number | null): Promise<number> => {
    const { rows } = await db.query<{ n: string }>(
      `select coalesce(sum(delta), 0) as n from in_order.lines l join in_order.words m on m.id = l.measure join in_order.words g on g.id = l.grp
       where m.word = $1 and g.word = '' and valid_on <= $2 and rec <= $3`,
      [measure, asOf, knownAt ?? Number.MAX_SAFE_INTEGER],
    );
    return Number(rows[0]?.n);
  };
  const HALF = EVENTS[EVENTS.length >> 1]?.recordedAt ?? 0;

  test.each(stocks.map(({ name }) => name))('%s is the sum of its lines on every day, now and as known then', async (measure) => {
    for (const asOf of DAYS) for (const knownAt of [null, HALF]) expect(await total(db, 'in_order', asked(measure, { asOf, knownAt }))).toBe(await summed(measure, asOf, knownAt));
  });

  test('adds up along the tree and from its drill, page by page', async () => {
    for (const { name } of stocks) {
      const value = await total(db, 'in_order', asked(name));
      expect((await byVillage(db, 'in_order', asked(name))).reduce((sum, { n }) => sum + n, 0)).toBe(value);
      let [sum, mark]: [number, Mark | undefined] = [0, START];
      while (mark) {
        const page = await countedAfter(db, 'in_order', asked(name), { mark, limit: 17 });
        sum += page.reduce((s, { value: n }) => s + n, 0);
        mark = page.at(-1)?.mark;
      }
      expect(sum).toBe(value);
    }
  }, 60_000);

  test('of a group is what its breakdown says', async () => {
    const groups = await byGroup(db, 'in_order', { ...asked('households-reached'), group: 'cooperative' });
    expect(groups.size).toBe(12);
    for (const [id, n] of groups) expect(await total(db, 'in_order', asked('households-reached', { group: `cooperative=${id}` }))).toBe(n);
  });
});
