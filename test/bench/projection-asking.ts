import { scopeOf, type Grant } from '#auth';
import type { Database } from '#postgres';
import type { AnyQuery } from '#service-kit';
import { drill } from '../../apps/projection/src/ask/drill.query.js';
import { figure } from '../../apps/projection/src/ask/figure.query.js';
import { cooperativeId, enterpriseId, livesOf } from './lives.js';
import { quantile, type BenchRow } from './row.js';

const TIMES = 40;
/** Households of the enterprise that is asked for. */
const LARGE = 10_000;
const ASOF = ['2022-01-15', '2022-03-31', '2022-05-18', '2022-07-18'];

/** How the ids of the last copy end, where the ledger is made of copies. */
const ofCopies = async (db: Database, schema: string): Promise<string> =>
  (await db.query<{ id: string }>(`select cooperative as id from ${schema}.versions where kind = 'registration' order by position desc limit 1`)).rows[0]?.id.match(/~\d+$/)?.[0] ?? '';

/** How long answers take at the size that the ledger has, asked as the service asks. */
export const asking = async (db: Database, schema: string, households: number): Promise<BenchRow[]> => {
  await db.query('vacuum analyze');
  const { rows } = await db.query<{ first: number; last: number }>(`select min(rec) as first, max(rec) as last from ${schema}.lines where grp = 0 and measure = (select id from ${schema}.words where word = 'households-reached')`);
  const [first, last] = [Number(rows[0]?.first), Number(rows[0]?.last)];
  const ask = (query: AnyQuery, input: object, grants: readonly Grant[] = [{ role: 'ANALYST' }]): Promise<unknown> => {
    const tree = { contains: () => false, villages: () => [] };
    const scope = scopeOf({ principal: { id: 'bench', name: 'bench', grants }, roles: ['ANALYST'], tree, day: '2022-07-18' });
    const reading = { schemaOf: () => schema, watermark: () => last, positions: () => [], skipped: () => 0 };
    const unused = (): never => {
      throw new Error('not asked here');
    };
    return query.run({ ...reading, input, principal: { id: 'bench', name: 'bench', grants }, scope, tree, db, now: last, today: '2022-07-18', secret: unused, ask: unused });
  };
  const p95 = async (name: string, target: number, one: (i: number) => Promise<unknown>): Promise<BenchRow> => {
    await one(0);
    const times: number[] = [];
    for (let i = 0; i < TIMES; i += 1) {
      const begun = performance.now();
      await one(i);
      times.push(performance.now() - begun);
    }
    return { name: `${name}, ${households} households, p95`, unit: 'ms', ours: quantile(times, 0.95), limit: null, ratio: null, target, better: 'lower' };
  };
  const asOf = (i: number): string => ASOF[i % ASOF.length] ?? '2022-07-18';
  const ago = (share: number): string => new Date(Math.floor(last - (last - first) * share)).toISOString();
  const { drill: token } = (await ask(figure, { measure: 'households-reached', region: '410308', asOf: '2022-07-18' })) as { drill: string };
  const copy = await ofCopies(db, schema);
  const mine: Grant[] = [{ role: 'ANALYST', cooperative: `${cooperativeId(1)}${copy}` }];
  const theirs: Grant[] = [];
  // The ledger's enterprises have about 2,000 households each; one of 10,000 is as many of them together.
  for (let n = 0, reached = 0; reached < LARGE && theirs.length < livesOf(households).enterprises; n += 1) {
    theirs.push({ role: 'ANALYST', enterprise: `${enterpriseId(n)}${copy}` });
    reached = ((await ask(figure, { measure: 'households-reached', asOf: '2022-07-18' }, theirs)) as { value: number }).value;
    if (reached >= LARGE) console.log(`  an enterprise of ${reached} households: ${theirs.length} of the ledger's`);
  }
  return [
    await p95('total of the district (households reached)', 50, (i) => ask(figure, { measure: 'households-reached', region: '410308', asOf: asOf(i) })),
    await p95('total of the district (farmers reached)', 50, (i) => ask(figure, { measure: 'farmers-reached', region: '410308', asOf: asOf(i) })),
    await p95('period total of the district (sown area)', 50, (i) => ask(figure, { measure: 'sown-area', region: '410308', asOf: asOf(i) })),
    await p95('as known within the last tenth of the log', 200, (i) => ask(figure, { measure: 'households-reached', region: '410308', asOf: asOf(i), knownAt: ago(0.1 * ((i % 10) / 10)) })),
    await p95('as known anywhere', 500, (i) => ask(figure, { measure: 'households-reached', region: '410308', asOf: asOf(i), knownAt: ago((i % 10) / 10) })),
    await p95('drill page of 50', 20, () => ask(drill, { token, limit: 50 })),
    await p95("a cooperative's own total by derivation", 100, (i) => ask(figure, { measure: 'households-reached', asOf: asOf(i) }, mine)),
    await p95("an enterprise's total by derivation (10,000 households)", 1000, (i) => ask(figure, { measure: 'households-reached', asOf: asOf(i) }, theirs)),
  ];
};
