import fc from 'fast-check';
import { createKeys, createTokenVerifier, inScope, InvalidToken, isEmpty, issueToken, rolesFor, scopeFilter, scopeOf, type Grant, type Place, type Principal, type RegionTree } from './index.js';

const VILLAGES: Record<string, string[]> = { district: ['v1', 'v2', 'v3', 'v4'], town: ['v1', 'v2'], v3: ['v3'] };
const tree: RegionTree = { villages: (region) => VILLAGES[region] ?? [], contains: (region, village) => (VILLAGES[region] ?? []).includes(village) };
const day = '2022-07-18';
const who = (...grants: Grant[]): Principal => ({ id: 'someone', name: 'Someone', grants });
const asked = (principal: Principal, ...roles: string[]) => ({ principal, roles, tree, day });

describe('A grant', () => {
  const official = who({ role: 'TOWN_OFFICIAL', region: 'town' });
  test('on a region covers the villages below it and no other', () => {
    expect(rolesFor(asked(official, 'TOWN_OFFICIAL'), [{ village: 'v1' }])).toEqual(['TOWN_OFFICIAL']);
    expect(rolesFor(asked(official, 'TOWN_OFFICIAL'), [{ village: 'v3' }])).toEqual([]);
  });
  test('counts only in a role that is asked for', () => expect(rolesFor(asked(official, 'ANALYST'), [{ village: 'v1' }])).toEqual([]));
  test('on an organisation covers what names it, wherever it lies', () => {
    const manager = who({ role: 'COOPERATIVE_MANAGER', cooperative: 'c1' });
    expect(rolesFor(asked(manager, 'COOPERATIVE_MANAGER'), [{ village: 'v4', cooperative: 'c1' }])).toEqual(['COOPERATIVE_MANAGER']);
    expect(rolesFor(asked(manager, 'COOPERATIVE_MANAGER'), [{ village: 'v4', cooperative: 'c2' }])).toEqual([]);
  });
  test('is OR-ed with the others', () => {
    const both = who({ role: 'ANALYST', region: 'v3' }, { role: 'COOPERATIVE_MANAGER', cooperative: 'c1' });
    expect(rolesFor(asked(both, 'ANALYST', 'COOPERATIVE_MANAGER'), [{ village: 'v3', cooperative: 'c1' }])).toEqual(['ANALYST', 'COOPERATIVE_MANAGER']);
  });
  test('without a place is needed where a command names none', () => {
    expect(rolesFor(asked(official, 'TOWN_OFFICIAL'), [])).toEqual([]);
    expect(rolesFor(asked(who({ role: 'DISTRICT_OFFICIAL' }), 'DISTRICT_OFFICIAL'), [])).toEqual(['DISTRICT_OFFICIAL']);
  });
});

const grants = fc.array(fc.oneof(
  fc.constantFrom(...Object.keys(VILLAGES)).map((region): Grant => ({ role: 'ANALYST', region })),
  fc.constantFrom('c1', 'c2').map((cooperative): Grant => ({ role: 'ANALYST', cooperative })),
  fc.constantFrom('e1', 'e2').map((enterprise): Grant => ({ role: 'ANALYST', enterprise })),
), { maxLength: 4 });
const places = fc.record({ village: fc.constantFrom('v1', 'v2', 'v3', 'v4'), cooperative: fc.constantFrom('c1', 'c2', 'c3'), enterprise: fc.constantFrom('e1', 'e2', 'e3') }, { requiredKeys: [] });

/** Reads the condition as a database would, for one row. */
const matches = (filter: { sql: string; values: string[][] }, row: Place): boolean => {
  if (filter.sql === 'true' || filter.sql === 'false') return filter.sql === 'true';
  return [...filter.sql.matchAll(/coalesce\((\w+) = any\(\$(\d+)/g)].some(([, column, parameter]) => {
    const value = row[column as keyof Place];
    return value !== undefined && (filter.values[Number(parameter) - 3] ?? []).includes(value);
  });
};

describe('One policy', () => {
  test('a list shows exactly what a command on the same place would allow: visible(total) = total(visible)', () =>
    fc.assert(fc.property(grants, fc.array(places, { maxLength: 30 }), (given, rows) => {
      const asking = asked(who(...given), 'ANALYST');
      const scope = scopeOf(asking);
      const filter = scopeFilter(scope, { village: 'village', cooperative: 'cooperative', enterprise: 'enterprise' }, 3);
      const allowed = rows.filter((row) => rolesFor(asking, [row]).length > 0);
      expect(rows.filter((row) => inScope(scope, row))).toEqual(allowed);
      expect(rows.filter((row) => matches(filter, row))).toEqual(allowed);
    })));
  test('no grant in the role shows nothing', () => {
    const scope = scopeOf(asked(who({ role: 'OPERATOR' }), 'ANALYST'));
    expect([isEmpty(scope), scopeFilter(scope, { village: 'v' }, 1).sql]).toEqual([true, 'false']);
  });
  test('a grant on everything filters nothing', () => expect(scopeFilter(scopeOf(asked(who({ role: 'ANALYST' }), 'ANALYST')), { village: 'v' }, 1)).toEqual({ sql: 'true', values: [] }));
});

describe('A token', () => {
  const terms = { issuer: 'shuangbang', audience: 'shuangbang', expiresIn: '1h' };
  const principal = who({ role: 'TOWN_OFFICIAL', region: 'town' });
  test('names the principal it was issued to', async () => {
    const keys = await createKeys();
    const verify = createTokenVerifier({ ...terms, jwks: keys.publicKeys });
    expect(await verify(await issueToken(keys, principal, terms))).toEqual(principal);
  });
  test.each([['of another key', terms], ['of another issuer', { ...terms, issuer: 'other' }], ['that expired', { ...terms, expiresIn: '-1s' }]])('%s is refused', async (name, theirs) => {
    const keys = await createKeys();
    const token = await issueToken(name === 'of another key' ? await createKeys() : keys, principal, theirs);
    await expect(createTokenVerifier({ ...terms, jwks: keys.publicKeys })(token)).rejects.toBeInstanceOf(InvalidToken);
  });
  test('is believed for a minute without another look at its signature, and never beyond its expiry', async () => {
    const keys = await createKeys();
    const { subtle } = crypto;
    const looked = subtle.verify;
    let [looks, now] = [0, Date.now()];
    subtle.verify = (...given) => ((looks += 1), looked.apply(subtle, given));
    try {
      const verify = createTokenVerifier({ ...terms, jwks: keys.publicKeys, now: () => now });
      const [long, short] = [await issueToken(keys, principal, terms), await issueToken(keys, principal, { ...terms, expiresIn: '30s' })];
      for (const token of [long, short, long, short, long]) expect(await verify(token)).toEqual(principal);
      expect(looks).toBe(2);
      now += 40_000;
      await expect(verify(short)).rejects.toBeInstanceOf(InvalidToken);
      now += 30_000;
      await verify(long);
      expect(looks).toBe(4);
    } finally {
      subtle.verify = looked;
    }
  });
  test('with an unknown role is refused', async () => {
    const keys = await createKeys();
    const token = await issueToken(keys, who({ role: 'KING' as never }), terms);
    await expect(createTokenVerifier({ ...terms, jwks: keys.publicKeys })(token)).rejects.toBeInstanceOf(InvalidToken);
  });
});
