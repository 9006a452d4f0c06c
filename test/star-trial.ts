import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Grant } from '#auth';
import { openDatabase } from '#postgres';
import { type InjectedAnswer, run, type Running } from '#service-kit';
import { service as projection } from '../apps/projection/src/service.js';
import { service as star } from '../apps/star/src/service.js';
import { testServer, type TestServer } from './infra/postgres.js';
import { statedFacts } from './stated-facts.js';

const ACCOUNTS: Readonly<Record<string, Grant>> = {
  district: { role: 'DISTRICT_OFFICIAL' },
  village: { role: 'VILLAGE_OFFICIAL', region: 'r-1' },
  neighbour: { role: 'VILLAGE_OFFICIAL', region: 'r-2' },
  analyst: { role: 'ANALYST', region: 'r-t' },
  manager: { role: 'COOPERATIVE_MANAGER', cooperative: 'c-1' },
  operator: { role: 'OPERATOR' },
};
const NEIGHBOURS = [projection, statedFacts('farmer'), statedFacts('cooperative'), statedFacts('enterprise')];

interface Tested {
  readonly value: unknown;
  readonly threshold: unknown;
  readonly figures: readonly { readonly value: number; readonly drill: string }[];
}
export interface Told {
  readonly result: string;
  readonly unmet: readonly string[];
  readonly unknown: readonly string[];
  readonly criteria: readonly { readonly id: string; readonly tests: readonly Tested[] }[];
}
export interface Recorded extends Told {
  readonly asOf: string;
  readonly until: string | null;
  readonly sheetVersion: number;
}
/** What meets the sheet of 2022 exactly. */
export const VALUES = { 'leading-product': '桃', 'TI-1': 50, 'TI-3': 70, 'TI-4': 10, 'TI-4.profile': 'VILLAGE', 'TI-6': 18_000, 'TI-6.reference': 18_000, 'TI-7': true };

export const bound = (h: string, more: object = {}) => ({ factId: `b-${h}`, from: '2022-03-01', to: null, householdId: h, cooperativeId: 'c-1', linkage: 'MEMBER', state: 'ACTIVE', ...more });
export const claimed = (h: string, more: object = {}) => ({ factId: `k-${h}`, from: '2022-03-01', to: null, parcelId: `l-${h}`, bindingId: `b-${h}`, householdId: h, cooperativeId: 'c-1', linkage: 'MEMBER', crop: '桃', ...more });

/** The star service beside the real projection; the other services say what they are told to. Two villages, r-1 and r-2. */
export class StarTrial {
  private readonly dataDir = mkdtempSync(join(tmpdir(), 'star-'));
  private readonly tokens = new Map<string, string>();
  private server: TestServer;
  private system: Running;
  private at: string[] = [];
  private time = '2022-07-18T12:00:00+08:00';

  set(time: string): void {
    this.time = time;
  }

  async open({ star: withStar = true } = {}): Promise<void> {
    this.server ??= await testServer();
    const clock = { now: () => Date.parse(this.time) };
    this.system = await run(withStar ? [...NEIGHBOURS, star] : NEIGHBOURS, { dataDir: this.dataDir, databaseUrl: this.server.url, port: 0, log: false, patienceMs: 5000, rateLimit: 0, clock });
    for (const [id, grant] of Object.entries(ACCOUNTS)) this.tokens.set(id, await this.system.tokenFor({ id, name: id, grants: [grant] }));
  }

  async close(): Promise<void> {
    await this.system?.stop();
  }

  async end(): Promise<void> {
    await this.close();
    await this.server?.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  /** Ends every connection of the star service in the middle of whatever it does, as a kill of its process would. */
  async cut(): Promise<void> {
    const server = openDatabase(this.server.url, { max: 1 });
    await server.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname like '%\\_star'`);
    await server.close();
  }

  private send(method: 'GET' | 'POST', who: string, url: string, payload?: unknown): Promise<InjectedAnswer> {
    return this.system.inject({ method, url: encodeURI(url).replaceAll('%25', '%'), payload, headers: { authorization: `Bearer ${this.tokens.get(who)}` } });
  }

  post(who: string, url: string, payload: unknown = {}): Promise<InjectedAnswer> {
    return this.send('POST', who, url, payload);
  }

  /** A question that sees everything given so far. */
  get(who: string, url: string): Promise<InjectedAnswer> {
    return this.send('GET', who, `${url}${url.includes('?') ? '&' : '?'}at=${this.at.join(',')}`);
  }

  /** Gives a command that must be accepted. */
  async give(who: string, url: string, payload: unknown = {}): Promise<void> {
    const { status, body } = await this.post(who, url, payload);
    if (status !== 200) throw new Error(`${url}: ${status} ${JSON.stringify(body)}`);
    this.at = [...this.at, ...(body.at as string[])];
  }

  state(of: string, stream: string, type: string, data: object): Promise<void> {
    return this.give('district', `/${of}/facts`, { stream, type, data });
  }

  enter(villageId: string, criterion: string, value: unknown, more: object = {}): Promise<void> {
    return this.give('district', `/star/villages/${villageId}/values`, { criterion, value, evidence: '镇统计台账', validFrom: '2022-06-30', ...more });
  }

  async star(more = 'asOf=2022-07-18', villageId = 'r-1'): Promise<Told> {
    return (await this.get('analyst', `/star/villages/${villageId}?${more}`)).body as Told;
  }

  async results(villageId = 'r-1'): Promise<Recorded[]> {
    return (await this.get('analyst', `/star/villages/${villageId}/results?limit=500`)).body.items as Recorded[];
  }

  /** Waits until the last recorded result of the village says this. */
  async follows(result: Partial<Recorded>, villageId = 'r-1'): Promise<void> {
    const there = async (): Promise<boolean> => {
      const last = (await this.results(villageId)).at(-1);
      return last !== undefined && Object.entries(result).every(([field, value]) => JSON.stringify(last[field as keyof Recorded]) === JSON.stringify(value));
    };
    for (const end = Date.now() + 30_000; Date.now() < end; await pause(100)) if (await there()) return;
    expect((await this.results(villageId)).at(-1)).toMatchObject(result);
  }

  /** Live generations of views, as `service/view`. */
  async generations(views: readonly string[]): Promise<number[]> {
    const live = views.map(async (name) => {
      const [of, view] = name.split('/');
      const { items } = (await this.send('GET', 'operator', `/${of}/operate/views`)).body as { items: { view: string; generation: number; state: string }[] };
      return items.find((one) => one.view === view && one.state === 'live')?.generation ?? 0;
    });
    return Promise.all(live);
  }

  /** Builds views anew and waits until the new generations answer. */
  async rebuild(views: readonly string[]): Promise<void> {
    const old = await this.generations(views);
    for (const view of views) expect((await this.post('operator', `/${view.replace('/', '/operate/views/')}/rebuild`)).status).toBe(200);
    const newer = async (): Promise<boolean> => (await this.generations(views)).every((now, i) => now > (old[i] ?? 0));
    for (const end = Date.now() + 60_000; Date.now() < end && !(await newer()); ) await pause(100);
    expect(await newer()).toBe(true);
  }

  /** Ten resident, eligible households a village; five are bound to c-1, and four of these claim land for 桃. */
  async settle(): Promise<void> {
    await this.state('farmer', 'r-t', 'RegionRegistered', { factId: 'r-t.1', from: '2021-10-31', regionId: 'r-t', level: 'TOWN', kind: 'TOWN', code: '410308103', name: '送庄镇', parentId: null });
    await this.state('cooperative', 'c-1', 'CooperativeRegistered', { factId: 'c-1.1', from: '2019-05-01', to: null, cooperativeId: 'c-1', creditCode: '93410308XX0000019H', kind: 'SPECIALIZED', name: '测试01合作社' });
    await this.state('enterprise', 'e-1', 'EnterpriseRegistered', { factId: 'e-1.1', from: '2015-01-01', to: null, enterpriseId: 'e-1', creditCode: '91410308XX0000019P', name: '测试01龙头企业', villageId: 'r-1' });
    await this.state('enterprise', 'e-1', 'EnterpriseRecognised', { factId: 'e-1.2', from: '2021-01-01', to: '2022-11-01', enterpriseId: 'e-1', level: 'COUNTY' });
    await this.state('enterprise', 'n-1', 'CoopEnterpriseBound', { factId: 'n-1', from: '2022-01-01', to: null, cooperativeId: 'c-1', enterpriseId: 'e-1' });
    await this.state('enterprise', 'o-1', 'ContractSigned', { factId: 'o-1', from: '2022-01-01', to: '2023-01-01', contractId: 'o-1', cooperativeId: 'c-1', enterpriseId: 'e-1' });
    await this.village('r-1', '410308103210', '白鹿庄村民委员会');
    await this.village('r-2', '410308103211', '负图村民委员会');
  }

  private async village(villageId: string, code: string, name: string): Promise<void> {
    await this.state('farmer', villageId, 'RegionRegistered', { factId: `${villageId}.1`, from: '2021-10-31', regionId: villageId, level: 'VILLAGE', kind: 'VILLAGE', code, name, parentId: 'r-t' });
    await Promise.all(Array.from({ length: 10 }, (_, i) => this.household(villageId, i + 1)));
  }

  private async household(villageId: string, n: number): Promise<void> {
    const h = `h-${villageId}-${n}`;
    await this.state('farmer', h, 'HouseholdRegistered', { factId: `${h}.1`, from: '2022-01-01', householdId: h, villageId });
    await this.state('farmer', h, 'HouseholdStandingStated', { factId: `${h}.2`, from: '2022-01-01', householdId: h, resident: true, eligible: true });
    if (n <= 5) await this.state('cooperative', h, 'FarmerBindingActivated', bound(h));
    if (n > 4) return;
    await this.state('farmer', h, 'ParcelRegistered', { factId: `l-${h}.1`, from: '2022-01-01', parcelId: `l-${h}`, villageId, area: 500 });
    await this.state('cooperative', h, 'LandClaimed', claimed(h));
  }
}
