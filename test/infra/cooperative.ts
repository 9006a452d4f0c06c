import { rmSync } from 'node:fs';
import { type InjectedAnswer, run, type Running } from '#service-kit';
import { service } from '../../apps/cooperative/src/service.js';
import { statedFacts } from '../stated-facts.js';
import { dataDirectory } from './data-directory.js';

const dataDir = dataDirectory('cooperative');
let system: Running;
const tokens: Record<string, string> = {};
export const post = (who: string, url: string, payload: unknown = {}): Promise<InjectedAnswer> =>
  system.inject({ method: 'POST', url, payload, headers: { authorization: `Bearer ${tokens[who]}` } });
export const get = (who: string, url: string): Promise<InjectedAnswer> => system.inject({ method: 'GET', url, headers: { authorization: `Bearer ${tokens[who]}` } });
export const done = async (answer: Promise<InjectedAnswer>): Promise<string> => {
  const { status, body } = await answer;
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
  return (body.at as string[]).join(',');
};
export const state = (service: string, stream: string, type: string, data: object) => done(post('district', `/${service}/facts`, { stream, type, data }));
export const idsOf = ({ body }: InjectedAnswer): string[] => (body.items as { id: string }[]).map(({ id }) => id);

const region = (regionId: string, level: string, parentId: string | null, code: string) =>
  state('farmer', regionId, 'RegionRegistered', { factId: `${regionId}.1`, from: '2021-10-31', regionId, level, kind: level, code, name: regionId, parentId });
const household = (householdId: string, villageId: string) => state('farmer', householdId, 'HouseholdRegistered', { factId: `${householdId}.1`, from: '2022-01-01', householdId, villageId });
const parcel = (parcelId: string, villageId: string) => state('farmer', parcelId, 'ParcelRegistered', { factId: `${parcelId}.1`, from: '2022-01-01', parcelId, villageId, area: 325 });
export const bind = async (id: string, [householdId, cooperativeId]: [string, string], more: object = {}): Promise<string> => {
  await done(post('manager', '/cooperative/bindings', { id, householdId, cooperativeId, linkage: 'MEMBER', validFrom: '2022-03-01', submit: true, ...more }));
  await done(post('village', `/cooperative/bindings/${id}/confirm`, { method: 'PHONE', on: '2022-02-20', by: 'HEAD' }));
  return done(post('manager', `/cooperative/bindings/${id}/admit`));
};

/** The cooperative service on 2022-07-18 beside neighbours that say what they are told to: two villages, two cooperatives. The place of their registrations. */
export const open = async (): Promise<string> => {
  system = await run([service, statedFacts('farmer'), statedFacts('enterprise')], { dataDir, port: 0, log: false, patienceMs: 3000, rateLimit: 0, clock: { now: () => Date.parse('2022-07-18T12:00:00+08:00') } });
  const account = async (id: string, ...grants: Parameters<Running['tokenFor']>[0]['grants']) => (tokens[id] = await system.tokenFor({ id, name: id, grants }));
  await account('district', { role: 'DISTRICT_OFFICIAL' });
  await account('village', { role: 'VILLAGE_OFFICIAL', region: 'r-1' });
  await account('neighbour', { role: 'VILLAGE_OFFICIAL', region: 'r-2' });
  await account('manager', { role: 'COOPERATIVE_MANAGER', cooperative: 'c-1' }, { role: 'COOPERATIVE_MANAGER', cooperative: 'c-2' });
  await account('staff', { role: 'ENTERPRISE_STAFF', enterprise: 'e-1' });
  await account('both', { role: 'COOPERATIVE_MANAGER', cooperative: 'c-1' }, { role: 'VILLAGE_OFFICIAL', region: 'r-1' });
  await region('r-0', 'TOWN', null, '410308103');
  await region('r-1', 'VILLAGE', 'r-0', '410308103210');
  await region('r-2', 'VILLAGE', 'r-0', '410308103211');
  for (const h of ['h-1', 'h-2', 'h-3', 'h-4']) await household(h, 'r-1');
  await household('h-9', 'r-2');
  for (const l of ['l-1', 'l-2']) await parcel(l, 'r-1');
  const register = (id: string, creditCode: string, villageId: string) => done(post('district', '/cooperative/cooperatives', { id, creditCode, kind: 'SPECIALIZED', name: `测试${id}合作社`, villageId, products: ['桃'], validFrom: '2019-05-01' }));
  return [await register('c-1', '93410308XX0000019H', 'r-1'), await register('c-2', '93410308XX0000027C', 'r-2')].join(',');
};

export const close = async (): Promise<void> => {
  await system?.stop();
  rmSync(dataDir, { recursive: true, force: true });
};
