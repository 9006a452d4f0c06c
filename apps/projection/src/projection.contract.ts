import { rmSync } from 'node:fs';
import { type InjectedAnswer, run, type Running } from '#service-kit';
import { dataDirectory } from '../../../test/infra/data-directory.js';
import { statedFacts } from '../../../test/stated-facts.js';
import { service } from './service.js';

const dataDir = dataDirectory('projection');
let system: Running;
let at: string[] = [];
const tokens: Record<string, string> = {};
const get = (who: string, url: string): Promise<InjectedAnswer> => system.inject({ method: 'GET', url, headers: { authorization: `Bearer ${tokens[who]}` } });
const state = async (of: string, stream: string, [type, data]: [string, object]): Promise<void> => {
  const answer = await system.inject({ method: 'POST', url: `/${of}/facts`, payload: { stream, type, data }, headers: { authorization: `Bearer ${tokens.district}` } });
  if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
  at = [...at, ...(answer.body.at as string[])];
};
const seen = (): string => `at=${at.join(',')}`;

beforeAll(async () => {
  system = await run([service, statedFacts('farmer'), statedFacts('cooperative'), statedFacts('enterprise')], { dataDir, port: 0, log: false, rateLimit: 0, clock: { now: () => Date.parse('2022-07-18T12:00:00+08:00') } });
  tokens.district = await system.tokenFor({ id: 'district', name: 'district', grants: [{ role: 'DISTRICT_OFFICIAL' }] });
  tokens.village = await system.tokenFor({ id: 'village', name: 'village', grants: [{ role: 'VILLAGE_OFFICIAL', region: 'r-v2' }] });
  tokens.manager = await system.tokenFor({ id: 'manager', name: 'manager', grants: [{ role: 'COOPERATIVE_MANAGER', cooperative: 'c-1' }] });
  tokens.operator = await system.tokenFor({ id: 'operator', name: 'operator', grants: [{ role: 'OPERATOR' }] });
  const region = (regionId: string, level: string, [parentId, code]: [string | null, string]) =>
    state('farmer', `region-${regionId}`, ['RegionRegistered', { factId: `${regionId}.1`, from: '2021-10-31', regionId, level, kind: level, code, name: `测试${code}`, parentId }]);
  await region('r-d', 'DISTRICT', [null, '410308']);
  await region('r-t', 'TOWN', ['r-d', '410308103']);
  await region('r-v1', 'VILLAGE', ['r-t', '410308103210']);
  // A drill goes village by village, in the order in which the ledger met these.
  await get('district', `/projection/regions?${seen()}`);
  await region('r-v2', 'VILLAGE', ['r-t', '410308103211']);
  for (const n of [1, 2, 3]) {
    await state('farmer', `household-h-${n}`, ['HouseholdRegistered', { factId: `h-${n}.1`, from: '2022-01-01', householdId: `h-${n}`, villageId: n === 3 ? 'r-v2' : 'r-v1' }]);
    await state('farmer', `person-p-${n}`, ['PersonRegistered', { factId: `p-${n}.1`, from: '2022-01-01', personId: `p-${n}`, householdId: `h-${n}`, reason: 'JOINED' }]);
    await state('cooperative', `binding-b-${n}`, ['FarmerBindingActivated', { factId: `b-${n}`, from: '2022-03-01', to: null, householdId: `h-${n}`, cooperativeId: n === 1 ? 'c-1' : 'c-2', linkage: 'MEMBER', state: n === 2 ? 'DRAFT' : 'ACTIVE' }]);
  }
  for (const n of [1, 2]) {
    await state('cooperative', `cooperative-c-${n}`, ['CooperativeRegistered', { factId: `c-${n}.1`, from: '2019-05-01', to: null, cooperativeId: `c-${n}`, creditCode: `93410308XX000001${n}H`, kind: 'SPECIALIZED', name: `测试${n}` }]);
    await state('cooperative', `cooperative-c-${n}`, ['CooperativeSeated', { factId: `c-${n}.2`, from: '2019-05-01', cooperativeId: `c-${n}`, villageId: 'r-v1' }]);
  }
}, 120_000);
afterAll(async () => {
  await system?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('The doors of the projection', () => {
  test('a figure answers with all that says what it is, and opens down to its events', async () => {
    const { status, body } = await get('district', `/projection/figures/households-reached?region=410308103&asOf=2022-07-18&${seen()}`);
    expect([status, body]).toEqual([200, expect.objectContaining({ value: 2, asOf: '2022-07-18', from: null, knownAt: null, standing: 'provisional', region: { id: 'r-t', code: '410308103', name: '测试410308103' } })]);
    expect(body.definition).toMatchObject({ name: 'households-reached', text: { zh: expect.any(String), en: expect.any(String) } });
    const drill = await get('district', `/projection/drill?token=${body.drill}`);
    expect(drill.body.items.map(({ subject, value }: { subject: { id: string }; value: number }) => [subject.id, value])).toEqual([['h-1', 1], ['h-3', 1]]);
    const event = await get('district', `/projection/events/${drill.body.items[0].by[0].event}`);
    expect([event.status, event.body]).toEqual([200, expect.objectContaining({ type: 'FarmerBindingActivated' })]);
    const out = await get('district', `/projection/drill?token=${body.drill}&list=left-out`);
    expect(out.body.items).toEqual(expect.arrayContaining([expect.objectContaining({ subject: { kind: 'household', id: 'h-2' }, reason: 'not-confirmed' })]));
  });

  test('as known before anything was recorded there was nothing; beyond the watermark nothing is promised', async () => {
    const { body } = await get('district', `/projection/figures/households-reached?asOf=2022-07-18&knownAt=2022-07-17&${seen()}`);
    expect(body).toMatchObject({ value: 0, standing: 'final' });
    const beyond = await get('district', '/projection/figures/households-reached?asOf=2022-07-18&knownAt=2023-01-01');
    expect([beyond.status, beyond.body.code]).toEqual([409, 'not-known-yet']);
  });

  test('everyone sees his own: a village its households, a cooperative those bound to it, an operator none', async () => {
    const value = async (who: string) => (await get(who, `/projection/figures/farmers-reached?${seen()}`)).body.value as number;
    expect([await value('district'), await value('village'), await value('manager')]).toEqual([2, 1, 1]);
    expect((await get('operator', '/projection/figures/farmers-reached')).status).toBe(403);
  });

  test('by village and by cooperative', async () => {
    const village = await get('district', `/projection/figures/households-reached/by/village?region=410308&${seen()}`);
    expect(village.body.parts.map(({ key, value }: { key: string; value: number }) => [key, value])).toEqual([['410308103210', 1], ['410308103211', 1]]);
    const cooperative = await get('district', '/projection/figures/households-reached/by/cooperative?region=410308');
    expect(cooperative.body.parts.map(({ key, value }: { key: string; value: number }) => [key, value])).toEqual([['c-1', 1], ['c-2', 1]]);
    expect((await get('district', '/projection/figures/households-reached?group=cooperative:c-1')).body.value).toBe(1);
  });

  test('the catalogue, rates, regions and changes answer; a wrong name is told', async () => {
    expect((await get('district', '/projection/figures')).body.figures.length).toBeGreaterThan(20);
    expect((await get('district', '/projection/rates/cooperative-binding-rate?asOf=2022-07-18')).body).toMatchObject({ percent: '0.00', denominator: { value: 2 } });
    expect((await get('district', '/projection/regions?region=410308')).body).toMatchObject({ villages: 2 });
    expect((await get('village', `/projection/changes?since=0&${seen()}`)).body.villages).toEqual(['r-v2']);
    expect((await get('district', '/projection/figures/acreage')).status).toBe(400);
  });
});
