import fc from 'fast-check';
import { inScope, rolesFor, scopeFilter, scopeOf, type Grant, type Place, type RegionTree } from '#auth';
import { openDatabase, type Database } from '#postgres';
import { testServer, type TestServer } from './infra/postgres.js';

const VILLAGES: Record<string, string[]> = { district: ['v1', 'v2', 'v3', 'v4'], town: ['v1', 'v2'], v3: ['v3'], empty: [] };
const tree: RegionTree = { villages: (region) => VILLAGES[region] ?? [], contains: (region, village) => (VILLAGES[region] ?? []).includes(village) };

const roles = fc.constantFrom('ANALYST' as const, 'TOWN_OFFICIAL' as const, 'COOPERATIVE_MANAGER' as const, 'OPERATOR' as const);
const where = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...Object.keys(VILLAGES)).map((region) => ({ region })) },
  { weight: 4, arbitrary: fc.constantFrom('c1', 'c2').map((cooperative) => ({ cooperative })) },
  { weight: 4, arbitrary: fc.constantFrom('e1', 'e2').map((enterprise) => ({ enterprise })) },
  { weight: 1, arbitrary: fc.constant({}) },
);
const grants: fc.Arbitrary<Grant[]> = fc.array(fc.tuple(roles, where).map(([role, at]) => ({ role, ...at })), { maxLength: 5 });
const places: fc.Arbitrary<Place> = fc.record({ village: fc.constantFrom('v1', 'v2', 'v3', 'v4', 'v9'), cooperative: fc.constantFrom('c1', 'c2', 'c3'), enterprise: fc.constantFrom('e1', 'e2', 'e3') }, { requiredKeys: [] });

describe('One policy, on a real database,', () => {
  let server: TestServer;
  let database: Database;
  beforeAll(async () => {
    server = await testServer();
    database = openDatabase(await server.database());
  }, 60_000);
  afterAll(async () => {
    await database.close();
    await server.stop();
  });

  test('lists, and counts, exactly the rows on which a command would be allowed, for any grants and any roles asked', () =>
    fc.assert(fc.asyncProperty(grants, fc.uniqueArray(roles, { minLength: 1 }), fc.array(places, { maxLength: 30 }), async (given, asked, rows) => {
      const asking = { principal: { id: 'someone', name: 'someone', grants: given }, roles: asked, tree, day: '2022-07-18' };
      const scope = scopeOf(asking);
      const allowed = rows.flatMap((row, i) => (rolesFor(asking, [row]).length ? [i + 1] : []));
      expect(rows.flatMap((row, i) => (inScope(scope, row) ? [i + 1] : []))).toEqual(allowed);
      const filter = scopeFilter(scope, { village: 't.v', cooperative: 't.c', enterprise: 't.e' }, 4);
      const columns = [rows.map((row) => row.village ?? null), rows.map((row) => row.cooperative ?? null), rows.map((row) => row.enterprise ?? null)];
      const listed = await database.query<{ n: number }>(`select n from unnest($1::text[], $2::text[], $3::text[]) with ordinality t(v, c, e, n) where ${filter.sql} order by n`, [...columns, ...filter.values]);
      expect(listed.rows.map(({ n }) => n)).toEqual(allowed);
    }), { numRuns: 300 }), 120_000);
});
