import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Grant } from '#auth';
import { run, type Running } from '#service-kit';
import { services } from '../../apps/platform/src/services.js';
import { testServer, type TestServer } from '../infra/postgres.js';

/** The services whose facts are entered here. */
export const OURS = ['farmer', 'cooperative', 'enterprise'];
export const [BAILU, XISHANTOU, HEZHONG] = ['r-410308103210', 'r-410308103204', 'r-410308104001'];

export type Act = readonly [path: string, input?: object];
export type Item = Readonly<Record<string, unknown>>;

const laneOf = (place: string): string => place.slice(0, place.lastIndexOf(':'));

const dataDir = mkdtempSync(join(tmpdir(), 'facts-'));
let server: TestServer;
let system: Running;
const tokens: Record<string, string> = {};
let at: string[] = [];

const note = (written: readonly string[]): void => {
  at = [...at.filter((place) => !written.some((now) => laneOf(now) === laneOf(place))), ...written];
};

/** Gives a command that must be accepted, in time; what is asked later waits for it. */
export const give = async ([path, input = {}]: Act, as = 'district'): Promise<void> => {
  const once = () => system.inject({ method: 'POST', url: path, payload: input, headers: { authorization: `Bearer ${tokens[as]}` } });
  let { status, body } = await once();
  for (let tries = 0; body.code === 'not-known-yet' && tries < 100; tries += 1) ({ status, body } = await once());
  if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
  note(body.at as string[]);
};

/** What a GET answers to this bearer, once it has seen all that was given. */
const answerTo = async (token: string | undefined, path: string): Promise<Item> => {
  const { status, body } = await system.inject({ method: 'GET', url: `${encodeURI(path)}${path.includes('?') ? '&' : '?'}at=${at.join(',')}`, headers: { authorization: `Bearer ${token}` } });
  if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
  return body as Item;
};
export const ask = (path: string): Promise<Item> => answerTo(tokens.district, path);
/** The same, of an account with just these grants. */
export const askAs = async (grants: readonly Grant[], path: string): Promise<Item> => answerTo(await system.tokenFor({ id: 'somebody', name: 'somebody', grants }), path);
export const items = async (path: string): Promise<Item[]> => (await ask(path)).items as Item[];
export const any = async (path: string, holds: (item: Item) => boolean = () => true): Promise<boolean> => (await items(path)).some(holds);

/** Who records what: the farmer's word by the village, the admission by the cooperative. */
const by = (path: string): string => (path.endsWith('/confirm') ? 'village' : path.endsWith('/admit') ? 'manager' : 'district');
export const giveAll = async (acts: readonly Act[]): Promise<void> => {
  for (const act of acts) await give(act, by(act[0]));
};

const account = async (id: string, ...grants: readonly Grant[]): Promise<void> => {
  tokens[id] = await system.tokenFor({ id, name: id, grants });
};

/** The three services on 2022-07-20, with a village's households, land, a cooperative and an enterprise. */
export const open = async (names: readonly string[] = OURS, patienceMs = 10_000): Promise<void> => {
  server = await testServer();
  const [clock, own] = [{ now: () => Date.parse('2022-07-20T10:00:00+08:00') }, services.filter(({ name }) => names.includes(name))];
  system = await run(own, { clock, dataDir, databaseUrl: server.url, port: 0, log: false, patienceMs, rateLimit: 0, founding: true, alone: true });
  await account('district', { role: 'DISTRICT_OFFICIAL' });
  await account('village', { role: 'VILLAGE_OFFICIAL', region: 'r-410308' });
  await account('manager', ...['c-1', 'c-2', 'c-3'].map((cooperative): Grant => ({ role: 'COOPERATIVE_MANAGER', cooperative })));
  const since = { validFrom: '2021-12-01' };
  for (const householdId of ['h-a', 'h-b', 'h-c']) await give(['/farmer/households', { householdId, villageId: BAILU, resident: true, eligible: true, ...since }]);
  for (const personId of ['p-1', 'p-2', 'p-3']) await give(['/farmer/persons', { personId, householdId: 'h-a', name: `测试${personId}`, ...since }]);
  for (const parcelId of ['l-1', 'l-2']) await give(['/farmer/parcels', { parcelId, villageId: BAILU, area: 325, ...since }]);
  await give(['/cooperative/cooperatives', { id: 'c-1', creditCode: '93410308XX0000019H', kind: 'SPECIALIZED', name: '测试01合作社', villageId: BAILU, products: ['桃'], ...since }]);
  await give(['/enterprise/enterprises', { id: 'e-1', creditCode: '91410308XX0000019P', name: '测试01龙头企业', villageId: BAILU, ...since }]);
};

/** Where a service keeps its events. */
export const databaseOf = (service: string): Promise<string> => server.database(`${new URL(server.url).pathname.slice(1)}_${service}`);

export const close = async (): Promise<void> => {
  await system?.stop();
  await server?.stop();
  rmSync(dataDir, { recursive: true, force: true });
};
