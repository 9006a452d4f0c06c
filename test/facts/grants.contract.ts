import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import type { Grant } from '#auth';
import { admitted, contract } from './cases.js';
import { askAs, BAILU, close, type Item, give, giveAll, items, open, XISHANTOU } from './world.js';

/** Lists show exactly what the grants reach, page by page, whatever the grants: held against every row as somebody sees who sees all. */
const ELSEWHERE = 'r-410308104001';
const TOWNS: Readonly<Record<string, string>> = { [BAILU]: 'r-410308103', [XISHANTOU]: 'r-410308103', [ELSEWHERE]: 'r-410308104' };
const LINKED: readonly (readonly [cooperative: string, enterprise: string])[] = [['c-1', 'e-1'], ['c-2', 'e-1'], ['c-2', 'e-2']];

interface List {
  readonly path: string;
  readonly key: string;
  readonly roles: readonly Grant['role'][];
  /** Organisations a row names. */
  readonly names: (row: Item) => { readonly cooperatives?: readonly unknown[]; readonly enterprises?: readonly unknown[] };
}
const OFFICIALS = ['VILLAGE_OFFICIAL', 'TOWN_OFFICIAL', 'DISTRICT_OFFICIAL'] as const;
const EVERYONE = [...OFFICIALS, 'ANALYST', 'COOPERATIVE_MANAGER', 'ENTERPRISE_STAFF'] as const;
const nobody = () => ({});
const LISTS: readonly List[] = [
  { path: '/farmer/households', key: 'householdId', roles: [...OFFICIALS, 'ANALYST'], names: nobody },
  { path: '/farmer/persons', key: 'personId', roles: OFFICIALS, names: nobody },
  { path: '/farmer/parcels', key: 'parcelId', roles: [...OFFICIALS, 'ANALYST'], names: nobody },
  { path: '/farmer/plantings', key: 'id', roles: [...OFFICIALS, 'ANALYST'], names: nobody },
  { path: '/farmer/harvests', key: 'id', roles: [...OFFICIALS, 'ANALYST'], names: nobody },
  { path: '/farmer/reveals', key: 'revealId', roles: ['TOWN_OFFICIAL', 'DISTRICT_OFFICIAL'], names: nobody },
  { path: '/cooperative/cooperatives', key: 'id', roles: EVERYONE, names: ({ id }) => ({ cooperatives: [id] }) },
  { path: '/cooperative/bindings', key: 'id', roles: EVERYONE, names: ({ cooperativeId }) => ({ cooperatives: [cooperativeId] }) },
  { path: '/cooperative/claims', key: 'id', roles: EVERYONE, names: ({ cooperativeId }) => ({ cooperatives: [cooperativeId] }) },
  { path: '/cooperative/conflicts', key: 'id', roles: EVERYONE, names: ({ cooperativeIds }) => ({ cooperatives: cooperativeIds as string[] }) },
  { path: '/enterprise/enterprises', key: 'id', roles: EVERYONE, names: ({ id }) => ({ enterprises: [id, ...LINKED.filter(([, enterprise]) => enterprise === id).map(([cooperative]) => cooperative)] }) },
  { path: '/enterprise/links', key: 'id', roles: EVERYONE, names: ({ cooperativeId, enterpriseId }) => ({ cooperatives: [cooperativeId], enterprises: [enterpriseId] }) },
  { path: '/enterprise/contracts', key: 'id', roles: EVERYONE, names: ({ cooperativeId, enterpriseId }) => ({ cooperatives: [cooperativeId], enterprises: [enterpriseId] }) },
  { path: '/enterprise/deliveries', key: 'id', roles: EVERYONE, names: ({ cooperativeId, enterpriseId }) => ({ cooperatives: [cooperativeId], enterprises: [enterpriseId] }) },
];

const boundTo = (enterprise: string): string[] => LINKED.filter(([, one]) => one === enterprise).map(([cooperative]) => cooperative);

/** The rule in plain words: the row lies in a granted region, or names a granted organisation, or a cooperative bound to a granted enterprise. */
const allowed = (grant: Grant, row: Item, names: List['names']): boolean => {
  const village = String(row.villageId);
  if (grant.region) return [village, TOWNS[village], 'r-410308'].includes(grant.region);
  const { cooperatives = [], enterprises = [] } = names(row);
  if (grant.cooperative) return [...cooperatives, ...enterprises].includes(grant.cooperative);
  return enterprises.includes(grant.enterprise) || cooperatives.some((one) => boundTo(String(grant.enterprise)).includes(String(one)));
};

const paged = async (path: string, grants: readonly Grant[], limit: number): Promise<{ rows: Item[]; total: unknown }> => {
  const rows: Item[] = [];
  let total: unknown;
  for (let after = '', more = true; more; ) {
    const page = await askAs(grants, `${path}?limit=${limit}${after ? `&after=${encodeURIComponent(after)}` : ''}`);
    expect((page.items as Item[]).length).toBeLessThanOrEqual(limit);
    rows.push(...(page.items as Item[]));
    total ??= page.total;
    after = String(page.next);
    more = page.next !== null;
  }
  return { rows, total };
};

const grant: fc.Arbitrary<Grant> = fc.oneof(
  fc.constantFrom<Grant>(...[BAILU, XISHANTOU, ELSEWHERE].map((region) => ({ role: 'VILLAGE_OFFICIAL' as const, region })), { role: 'TOWN_OFFICIAL', region: 'r-410308103' }, { role: 'DISTRICT_OFFICIAL', region: 'r-410308' }, { role: 'ANALYST', region: 'r-410308104' }),
  fc.constantFrom<Grant>(...['c-1', 'c-2', 'c-3'].map((cooperative) => ({ role: 'COOPERATIVE_MANAGER' as const, cooperative }))),
  fc.constantFrom<Grant>(...['e-1', 'e-2'].map((enterprise) => ({ role: 'ENTERPRISE_STAFF' as const, enterprise }))),
);

const since = { validFrom: '2021-12-01' };
const village = (i: number): string => [BAILU, XISHANTOU, ELSEWHERE][i % 3] as string;
const people = async (): Promise<void> => {
  for (let i = 0; i < 12; i += 1) {
    await give(['/farmer/households', { householdId: `h-${i}`, villageId: village(i), resident: true, eligible: true, persons: [{ personId: `q-${i}`, name: '测试' }], ...since }]);
    await give(['/farmer/parcels', { parcelId: `m-${i}`, villageId: village(i), area: 100, ...since }]);
    await give(['/farmer/plantings', { plantingId: `s-${i}`, parcelId: `m-${i}`, householdId: `h-${i}`, crop: '桃', area: 100, on: '2022-03-01' }]);
    await give(['/farmer/harvests', { harvestId: `g-${i}`, parcelId: `m-${i}`, householdId: `h-${i}`, crop: '桃', weight: 1000, on: '2022-07-01' }]);
    await give([`/farmer/persons/q-${i}/reveal`, { revealId: `v-${i}`, reason: 'VERIFICATION' }]);
  }
};
const organisations = async (): Promise<void> => {
  for (const [id, creditCode, at] of [['c-2', '93410308XX0000027C', XISHANTOU], ['c-3', 'N2410308XX00000197', ELSEWHERE]] as const) {
    await give(['/cooperative/cooperatives', { id, creditCode, kind: id === 'c-3' ? 'COLLECTIVE' : 'SPECIALIZED', name: `测试${id}`, villageId: at, ...since }]);
  }
  await give(['/enterprise/enterprises', { id: 'e-2', creditCode: '91410308XX0000027J', name: '测试02龙头企业', villageId: ELSEWHERE, ...since }]);
  for (const [cooperativeId, enterpriseId] of LINKED) await give(['/enterprise/links', { id: `n-${cooperativeId}-${enterpriseId}`, cooperativeId, enterpriseId, ...since }]);
};
const land = async (): Promise<void> => {
  for (let i = 0; i < 6; i += 1) {
    await giveAll(admitted(`b-${i}`, `h-${i}`, [`c-${1 + (i % 3)}`, 'MEMBER'], '2022-03-01'));
    await give([`/cooperative/bindings/b-${i}/claims`, { claims: [{ id: `k-${i}`, parcelId: `m-${i}`, crop: '桃' }] }]);
  }
  // Each parcel is claimed a second time, through the cooperative before: as many conflicts, of all pairs of cooperatives.
  for (let i = 0; i < 6; i += 1) await give([`/cooperative/bindings/b-${i}/claims`, { claims: [{ id: `kk-${i}`, parcelId: `m-${(i + 1) % 6}`, crop: '桃' }] }]);
  for (let tries = 0; tries < 100 && (await items('/cooperative/conflicts')).length < 6; tries += 1) await pause(100);
};
const contracts = async (): Promise<void> => {
  for (const [i, [cooperativeId, enterpriseId]] of LINKED.entries()) {
    const [path, input] = contract(`o-${i}`, '2022-01-01');
    await giveAll([[path, { ...input, cooperativeId, enterpriseId }], [`/enterprise/contracts/o-${i}/deliveries`, { id: `d-${i}`, lineId: `o-${i}.1`, weight: 5, unit: 't', on: '2022-06-01' }]]);
  }
};
beforeAll(async () => {
  await open();
  for (const tell of [people, organisations, land, contracts]) await tell();
}, 240_000);
afterAll(close, 60_000);

describe('A list', () => {
  test.each(LISTS.map((list) => [list.path, list] as const))('%s shows exactly the rows its reader was granted, whole through its pages, with their number', async (path, { key, roles, names }) => {
    const { rows: all } = await paged(path, [{ role: 'DISTRICT_OFFICIAL' }], 500);
    expect(all.length).toBeGreaterThan(1);
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(grant, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 7 }), async (grants, limit) => {
        const fitting = grants.filter(({ role }) => roles.includes(role));
        if (fitting.length === 0) return;
        const wanted = all.filter((row) => fitting.some((one) => allowed(one, row, names))).map((row) => row[key]);
        const { rows, total } = await paged(path, grants, limit);
        expect({ rows: rows.map((row) => row[key]), total }).toEqual({ rows: wanted, total: wanted.length });
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  test('whose reader holds none of its roles is refused', async () => {
    await expect(askAs([{ role: 'COOPERATIVE_MANAGER', cooperative: 'c-1' }], '/farmer/persons')).rejects.toThrow('403');
    await expect(askAs([{ role: 'OPERATOR' }], '/cooperative/bindings')).rejects.toThrow('403');
  });
});
