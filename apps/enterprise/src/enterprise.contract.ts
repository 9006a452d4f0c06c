import { rmSync } from 'node:fs';
import { type InjectedAnswer, run, type Running } from '#service-kit';
import { dataDirectory } from '../../../test/infra/data-directory.js';
import { statedFacts } from '../../../test/stated-facts.js';
import { service } from './service.js';

const dataDir = dataDirectory('enterprise');
let system: Running;
const tokens: Record<string, string> = {};
const post = (who: string, url: string, payload: unknown = {}): Promise<InjectedAnswer> =>
  system.inject({ method: 'POST', url, payload, headers: { authorization: `Bearer ${tokens[who]}` } });
const get = (who: string, url: string): Promise<InjectedAnswer> => system.inject({ method: 'GET', url, headers: { authorization: `Bearer ${tokens[who]}` } });
const done = async (answer: Promise<InjectedAnswer>): Promise<string> => {
  const { status, body } = await answer;
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
  return (body.at as string[]).join(',');
};
const state = (from: string, stream: string, type: string, data: object) => done(post('district', `/${from}/facts`, { stream, type, data }));
const idsOf = ({ body }: InjectedAnswer): string[] => (body.items as { id: string }[]).map(({ id }) => id);

const region = (regionId: string, level: string, parentId: string | null, code: string) =>
  state('farmer', regionId, 'RegionRegistered', { factId: `${regionId}.1`, from: '2021-10-31', regionId, level, kind: level, code, name: regionId, parentId });
const cooperative = async (cooperativeId: string, creditCode: string, villageId: string) => {
  await state('cooperative', cooperativeId, 'CooperativeRegistered', { factId: `${cooperativeId}.registration`, from: '2019-05-01', to: null, cooperativeId, creditCode, kind: 'SPECIALIZED', name: cooperativeId });
  return state('cooperative', cooperativeId, 'CooperativeSeated', { factId: `${cooperativeId}.seat.1`, from: '2019-05-01', cooperativeId, villageId });
};

beforeAll(async () => {
  system = await run([service, statedFacts('farmer'), statedFacts('cooperative')], { dataDir, port: 0, log: false, patienceMs: 3000, rateLimit: 0, clock: { now: () => Date.parse('2022-07-18T12:00:00+08:00') } });
  const account = async (id: string, ...grants: Parameters<Running['tokenFor']>[0]['grants']) => (tokens[id] = await system.tokenFor({ id, name: id, grants }));
  await account('district', { role: 'DISTRICT_OFFICIAL' });
  await account('neighbour', { role: 'TOWN_OFFICIAL', region: 'r-2' });
  await account('manager', { role: 'COOPERATIVE_MANAGER', cooperative: 'c-1' });
  await account('other', { role: 'COOPERATIVE_MANAGER', cooperative: 'c-2' });
  await account('staff', { role: 'ENTERPRISE_STAFF', enterprise: 'e-1' });
  await account('rival', { role: 'ENTERPRISE_STAFF', enterprise: 'e-2' });
  await region('r-0', 'TOWN', null, '410308103');
  await region('r-1', 'VILLAGE', 'r-0', '410308103210');
  await region('r-2', 'VILLAGE', 'r-0', '410308103211');
  await cooperative('c-1', '93410308XX0000019H', 'r-1');
  await cooperative('c-2', '93410308XX0000027C', 'r-2');
  await done(post('district', '/enterprise/enterprises', { id: 'e-1', creditCode: '91410308XX0000019P', name: '测试01龙头企业', villageId: 'r-1', validFrom: '2015-01-01' }));
  await done(post('district', '/enterprise/enterprises', { id: 'e-2', creditCode: '91410308XX0000027J', name: '测试02龙头企业', villageId: 'r-2', validFrom: '2015-01-01' }));
}, 120_000);

afterAll(async () => {
  await system?.stop();
  rmSync(dataDir, { recursive: true, force: true });
}, 60_000);

describe('Enterprises', () => {
  test('lead on the days of their recognition, at the highest level', async () => {
    await done(post('district', '/enterprise/enterprises/e-1/recognitions', { level: 'COUNTY', validFrom: '2020-01-01', validThrough: '2022-12-31', documentNo: '孟农〔2020〕1号' }));
    const at = await done(post('district', '/enterprise/enterprises/e-1/recognitions', { level: 'MUNICIPAL', validFrom: '2022-01-01', validThrough: '2022-07-18' }));
    const level = async (day: string) => (await get('staff', `/enterprise/enterprises?id=e-1&asOf=${day}&at=${at}`)).body.items[0].level;
    expect([await level('2019-12-31'), await level('2021-12-31'), await level('2022-07-18'), await level('2022-07-19'), await level('2023-01-01')]).toEqual([null, 'COUNTY', 'MUNICIPAL', 'COUNTY', null]);
    expect((await post('staff', '/enterprise/enterprises/e-1/recognitions', { level: 'NATIONAL', validFrom: '2022-01-01' })).status).toBe(403);
  });

  test('are registered once per credit code', async () => {
    const input = { creditCode: '91410308XX0000019P', name: '重复', villageId: 'r-1' };
    expect((await post('district', '/enterprise/enterprises', input)).body).toMatchObject({ status: 409, code: 'code-taken' });
    expect((await post('neighbour', '/enterprise/enterprises', input)).status).toBe(403);
  });
});

describe('A cooperative bound to an enterprise', () => {
  test('is bound once at a time, whoever is faster, and is nominal while there is no contract', async () => {
    const input = { cooperativeId: 'c-1', enterpriseId: 'e-1', validFrom: '2022-01-01' };
    const answers = await Promise.all(['n-1', 'n-2', 'n-3'].map((id) => post('staff', '/enterprise/links', { ...input, id })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const won = answers.find(({ status }) => status === 200);
    const { body } = await get('manager', `/enterprise/links?at=${won?.body.at.join(',')}`);
    expect(body.items).toMatchObject([{ cooperativeId: 'c-1', enterpriseId: 'e-1', state: 'ACTIVE', substance: 'NOMINAL', villageId: 'r-1' }]);
    expect(idsOf(await get('rival', '/enterprise/links'))).toEqual([]);
    expect(idsOf(await get('manager', '/enterprise/enterprises'))).toEqual(['e-1']);
  });

  test('of a cooperative not known yet is to be tried again', async () => {
    expect((await post('staff', '/enterprise/links', { cooperativeId: 'c-nowhere', enterpriseId: 'e-1' })).body.code).toBe('not-known-yet');
  });

  test('is bound by either side or an official there, by nobody else', async () => {
    expect((await post('rival', '/enterprise/links', { cooperativeId: 'c-1', enterpriseId: 'e-1' })).status).toBe(403);
    expect((await post('neighbour', '/enterprise/links', { cooperativeId: 'c-1', enterpriseId: 'e-1' })).status).toBe(403);
  });
});

describe('A contract', () => {
  const contractOf = async (who: string, at: string) => (await get(who, `/enterprise/contracts?id=o-1&at=${at}`)).body.items;

  test('is signed, amended and delivered on', async () => {
    await done(post('staff', '/enterprise/contracts', { id: 'o-1', cooperativeId: 'c-1', enterpriseId: 'e-1', validFrom: '2022-01-01', validThrough: '2022-12-31', lines: [{ crop: '桃', quantity: 100, unit: 't', area: 10_000, due: '2022-06-30' }] }));
    await done(post('manager', '/enterprise/contracts/o-1/amend', { on: '2022-05-01', amend: [{ lineId: 'o-1.1', quantity: 120, unit: 't' }], add: [{ crop: '葡萄', quantity: 20, unit: 't', area: 2000, due: '2022-09-30' }] }));
    await done(post('staff', '/enterprise/contracts/o-1/deliveries', { id: 'd-1', lineId: 'o-1.1', weight: 70, unit: 't', on: '2022-06-10', ticket: 'GB-1' }));
    expect((await post('staff', '/enterprise/contracts/o-1/deliveries', { lineId: 'o-1.1', weight: 70, unit: 't', on: '2022-06-10', ticket: 'GB-1' })).body.code).toBe('ticket-used');
    const at = await done(post('staff', '/enterprise/contracts/o-1/deliveries', { id: 'd-2', lineId: 'o-1.1', weight: 50, unit: 't', on: '2022-06-25' }));
    expect(await contractOf('manager', at)).toMatchObject([{ state: 'ACTIVE', lines: [{ id: 'o-1.1', quantity: 120_000_000, delivered: 120_000_000 }, { id: 'o-1.2', crop: '葡萄', quantity: 20_000_000, delivered: 0 }] }]);
    expect((await get('manager', '/enterprise/contracts?asOf=2022-06-20')).body.items[0].lines[0].delivered).toBe(70_000_000);
    expect((await get('staff', '/enterprise/links')).body.items).toMatchObject([{ substance: 'CONTRACTED' }]);
    expect(idsOf(await get('rival', '/enterprise/contracts'))).toEqual([]);
    expect(idsOf(await get('other', '/enterprise/contracts'))).toEqual([]);
    expect(idsOf(await get('neighbour', '/enterprise/deliveries'))).toEqual([]);
  });

  test("of a bound cooperative with another enterprise is seen by the staff, that enterprise's other contracts are not", async () => {
    const contract = (id: string, cooperativeId: string) => ({ id, cooperativeId, enterpriseId: 'e-2', validFrom: '2022-01-01', validThrough: '2022-12-31', lines: [{ crop: '西瓜', quantity: 1, unit: 't', area: 100, due: '2022-08-31' }] });
    await done(post('rival', '/enterprise/contracts', contract('o-2', 'c-1')));
    const at = await done(post('rival', '/enterprise/contracts', contract('o-3', 'c-2')));
    expect(idsOf(await get('staff', `/enterprise/contracts?at=${at}`))).toEqual(['o-1', 'o-2']);
    expect(idsOf(await get('district', `/enterprise/contracts?crop=${encodeURIComponent('西瓜')}&at=${at}`))).toEqual(['o-2', 'o-3']);
  });

  test('deliveries are corrected and voided, and the list follows', async () => {
    await done(post('staff', '/enterprise/deliveries/d-1/correct', { weight: 60, unit: 't', ticket: 'GB-2' }));
    const at = await done(post('staff', '/enterprise/deliveries/d-2/void'));
    expect((await get('manager', `/enterprise/deliveries?contractId=o-1&at=${at}`)).body.items).toMatchObject([{ id: 'd-1', weight: 60_000_000, ticket: 'GB-2', on: '2022-06-10' }]);
    await done(post('staff', '/enterprise/contracts/o-1/deliveries', { id: 'd-3', lineId: 'o-1.2', weight: 1, unit: 'kg', ticket: 'GB-1' }));
  });

  test('is terminated, corrected and voided', async () => {
    const at = await done(post('manager', '/enterprise/contracts/o-1/terminate', { validThrough: '2022-07-17' }));
    expect(await contractOf('staff', at)).toMatchObject([{ state: 'ENDED', validThrough: '2022-07-17' }]);
    expect(await contractOf('staff', await done(post('manager', '/enterprise/contracts/o-1/correct', { validThrough: '2022-12-31' })))).toMatchObject([{ state: 'ACTIVE' }]);
    expect(await contractOf('staff', await done(post('manager', '/enterprise/contracts/o-1/void')))).toEqual([]);
  });
});
