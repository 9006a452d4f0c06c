import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type InjectedAnswer, run, type Running } from '#service-kit';
import { projectionBeside } from '../../../test/beside.js';
import { statedFacts } from '../../../test/stated-facts.js';
import { industrySheet2022, service } from './service.js';

const dataDir = mkdtempSync(join(tmpdir(), 'star-'));
const clock = { now: () => Date.parse(clock.at), at: '2022-07-18T12:00:00+08:00' };
const neighbours = [projectionBeside(), statedFacts('farmer'), statedFacts('cooperative'), statedFacts('enterprise')];
let system: Running;
let at: string[] = [];
const tokens: Record<string, string> = {};

const send = (method: 'GET' | 'POST', who: string, url: string, payload?: unknown): Promise<InjectedAnswer> =>
  system.inject({ method, url: encodeURI(url), payload, headers: { authorization: `Bearer ${tokens[who]}` } });
const post = (who: string, url: string, payload: unknown = {}) => send('POST', who, url, payload);
/** A question that sees everything written so far. */
const get = (who: string, url: string) => send('GET', who, `${url}${url.includes('?') ? '&' : '?'}at=${at.join(',')}`);
const done = async (answer: Promise<InjectedAnswer>): Promise<void> => {
  const { status, body } = await answer;
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
  at = [...at, ...(body.at as string[])];
};
const state = (of: string, stream: string, type: string, data: object) => done(post('district', `/${of}/facts`, { stream, type, data }));
const start = async (withStar = true): Promise<void> => {
  system = await run(withStar ? [...neighbours, service] : neighbours, { dataDir, port: 0, log: false, patienceMs: 5000, rateLimit: 0, clock });
  const account = async (id: string, ...grants: Parameters<Running['tokenFor']>[0]['grants']) => (tokens[id] = await system.tokenFor({ id, name: id, grants }));
  await account('district', { role: 'DISTRICT_OFFICIAL' });
  await account('village', { role: 'VILLAGE_OFFICIAL', region: 'r-1' });
  await account('neighbour', { role: 'VILLAGE_OFFICIAL', region: 'r-2' });
  await account('analyst', { role: 'ANALYST', region: 'r-t' });
  await account('manager', { role: 'COOPERATIVE_MANAGER', cooperative: 'c-1' });
};

/** A village of ten resident, eligible households; the first five are bound to c-1, and four of them claim land for 桃. */
const bound = (h: string, more: object = {}) => ({ factId: `b-${h}`, from: '2022-03-01', to: null, householdId: h, cooperativeId: 'c-1', linkage: 'MEMBER', state: 'ACTIVE', ...more });
const village = async (villageId: string, code: string, name: string): Promise<void> => {
  await state('farmer', villageId, 'RegionRegistered', { factId: `${villageId}.1`, from: '2021-10-31', regionId: villageId, level: 'VILLAGE', kind: 'VILLAGE', code, name, parentId: 'r-t' });
  for (let n = 1; n <= 10; n += 1) {
    const h = `h-${villageId}-${n}`;
    await state('farmer', h, 'HouseholdRegistered', { factId: `${h}.1`, from: '2022-01-01', householdId: h, villageId });
    await state('farmer', h, 'HouseholdStandingStated', { factId: `${h}.2`, from: '2022-01-01', householdId: h, resident: true, eligible: true });
    if (n <= 5) await state('cooperative', h, 'FarmerBindingActivated', bound(h));
    if (n > 4) continue;
    await state('farmer', h, 'ParcelRegistered', { factId: `l-${h}.1`, from: '2022-01-01', parcelId: `l-${h}`, villageId, area: 500 });
    await state('cooperative', h, 'LandClaimed', { factId: `k-${h}`, from: '2022-03-01', to: null, parcelId: `l-${h}`, bindingId: `b-${h}`, householdId: h, cooperativeId: 'c-1', linkage: 'MEMBER', crop: '桃' });
  }
};
const organisations = async (): Promise<void> => {
  await state('cooperative', 'c-1', 'CooperativeRegistered', { factId: 'c-1.1', from: '2019-05-01', to: null, cooperativeId: 'c-1', creditCode: '93410308XX0000019H', kind: 'SPECIALIZED', name: '测试01合作社' });
  await state('enterprise', 'e-1', 'EnterpriseRegistered', { factId: 'e-1.1', from: '2015-01-01', to: null, enterpriseId: 'e-1', creditCode: '91410308XX0000019P', name: '测试01龙头企业', villageId: 'r-1' });
  await state('enterprise', 'e-1', 'EnterpriseRecognised', { factId: 'e-1.2', from: '2021-01-01', to: '2022-11-01', enterpriseId: 'e-1', level: 'COUNTY' });
  await state('enterprise', 'n-1', 'CoopEnterpriseBound', { factId: 'n-1', from: '2022-01-01', to: null, cooperativeId: 'c-1', enterpriseId: 'e-1' });
  await state('enterprise', 'o-1', 'ContractSigned', { factId: 'o-1', from: '2022-01-01', to: '2023-01-01', contractId: 'o-1', cooperativeId: 'c-1', enterpriseId: 'e-1' });
};
const enter = (villageId: string, criterion: string, value: unknown, more: object = {}) => post('village', `/star/villages/${villageId}/values`, { criterion, value, evidence: '镇统计台账', validFrom: '2022-06-30', ...more });
const VALUES = { 'leading-product': '桃', 'TI-1': 50, 'TI-3': 70, 'TI-4': 10, 'TI-4.profile': 'VILLAGE', 'TI-6': 18_000, 'TI-6.reference': 18_000, 'TI-7': true };

interface Told { result: string; unmet: string[]; unknown: string[]; [more: string]: unknown }
const star = async (more = 'asOf=2022-07-18', villageId = 'r-1') => (await get('analyst', `/star/villages/${villageId}?${more}`)).body as Told & { criteria: { id: string; outcome: string; tests: { value: unknown; threshold: unknown; figures: { value: number; drill: string }[] }[] }[] };
const results = async (villageId = 'r-1') => (await get('analyst', `/star/villages/${villageId}/results?limit=500`)).body.items as (Told & { asOf: string; until: string | null; number: number; sheetVersion: number })[];
/** Waits until the last recorded result of the village is this one. */
const follows = async (result: Partial<Told>, villageId = 'r-1'): Promise<void> => {
  for (const end = Date.now() + 30_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 100))) {
    const last = (await results(villageId)).at(-1);
    if (last && Object.entries(result).every(([field, value]) => JSON.stringify(last[field]) === JSON.stringify(value))) return;
  }
  expect((await results(villageId)).at(-1)).toMatchObject(result);
};

beforeAll(async () => {
  await start();
  await state('farmer', 'r-t', 'RegionRegistered', { factId: 'r-t.1', from: '2021-10-31', regionId: 'r-t', level: 'TOWN', kind: 'TOWN', code: '410308103', name: '送庄镇', parentId: null });
  await organisations();
  await village('r-1', '410308103210', '白鹿庄村民委员会');
  await village('r-2', '410308103211', '负图村民委员会');
}, 120_000);
afterAll(async () => {
  await system?.stop();
  rmSync(dataDir, { recursive: true, force: true });
}, 60_000);

describe('A standard sheet', () => {
  test('must be there before anything is scored or entered', async () => {
    const { status, body } = await get('analyst', '/star/villages/r-1');
    expect([status, body.code]).toEqual([409, 'no-standard-sheet']);
    expect(await results()).toEqual([]);
  });

  test('is published by the district, version by version, and never edited', async () => {
    expect((await post('village', '/star/sheets', industrySheet2022())).status).toBe(403);
    await done(post('district', '/star/sheets', industrySheet2022()));
    expect((await post('district', '/star/sheets', industrySheet2022())).body.code).toBe('not-next');
    expect((await get('analyst', '/star/sheets?star=THRIVING_INDUSTRY')).body).toMatchObject({ total: 1, items: [{ version: 1, validFrom: '2022-01-01', criteria: industrySheet2022().criteria }] });
  });
});

describe('A village', () => {
  test('of which nothing was entered is unknown, and is scored by itself', async () => {
    await follows({ result: 'UNKNOWN', unmet: [], unknown: ['TI-1', 'TI-2', 'TI-3', 'TI-4', 'TI-6', 'TI-7'] });
    expect(await star()).toMatchObject({ result: 'UNKNOWN', progress: 20, standing: 'provisional' });
  }, 60_000);

  test('has the star when everything is met, and each reason opens down to its events', async () => {
    for (const [criterion, value] of Object.entries(VALUES)) await done(enter('r-1', criterion, value));
    const told = await star();
    expect(told).toMatchObject({ result: 'MET', progress: 100, unmet: [], unknown: [], village: { id: 'r-1', code: '410308103210', town: '送庄镇' }, sheet: { version: 1 } });
    expect(told.criteria.map(({ id, tests }) => [id, ...tests.map(({ value, threshold }) => [value, threshold])])).toEqual([
      ['TI-1', [50, 50]], ['TI-2', ['40.00', 40]], ['TI-3', [70, 70]], ['TI-4', [10, 10]], ['TI-5', [5, 1], ['50.00', 50]], ['TI-6', [18_000, 18_000]], ['TI-7', [true, null]],
    ]);
    const engaged = told.criteria[1]?.tests[0]?.figures[0];
    const drill = await get('analyst', engaged?.drill ?? '');
    expect(drill.body.items.map(({ subject, value }: { subject: { id: string }; value: number }) => [subject.id, value])).toEqual([1, 2, 3, 4].map((n) => [`h-r-1-${n}`, 1]));
    expect((await get('analyst', `/projection/events/${drill.body.items[0].by[0].event}`)).body).toMatchObject({ fact: { subject: expect.stringMatching(/^[hl]-/) } });
    await follows({ result: 'MET', sheetVersion: 1 });
  }, 60_000);

  test('is found by code, id, name and town', async () => {
    for (const name of ['410308103210', 'r-1', '白鹿庄村', '送庄镇%2F白鹿庄村']) {
      const { body } = await system.inject({ method: 'GET', url: `/star/villages/${name.includes('%') ? `${encodeURIComponent('送庄镇/白鹿庄村')}` : encodeURIComponent(name)}?asOf=2022-07-18`, headers: { authorization: `Bearer ${tokens.analyst}` } });
      expect(body).toMatchObject({ village: { id: 'r-1' }, result: 'MET' });
    }
    expect((await get('analyst', '/star/villages/送庄镇')).status).toBe(400);
    expect((await get('analyst', '/star/villages/无名村')).status).toBe(400);
  });
});
