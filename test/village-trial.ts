import { rmSync } from 'node:fs';
import { run, type InjectedAnswer, type Overrides, type Running } from '#service-kit';
import { dataDirectory } from './infra/data-directory.js';
import { village } from './village-service.js';

type Headers = Record<string, string>;
export const as = (token: string | undefined, more: Headers = {}): Headers => ({ authorization: `Bearer ${token ?? ''}`, ...more });
export const household = (householdId: string, villageId = 'r-v') => ({ householdId, villageId, from: '2022-01-01' });

/** The village service on a PostgreSQL of its own, with a district of two villages and one village outside it. */
export class VillageTrial {
  private readonly dataDir = dataDirectory('service-kit');
  system: Running;
  official: string;

  async open(overrides: Overrides = {}): Promise<void> {
    this.system = await run([village], { dataDir: this.dataDir, port: 0, log: false, patienceMs: 1000, rateLimit: 0, ...overrides });
    this.official = await this.system.tokenFor({ id: 'o', name: 'o', grants: [{ role: 'DISTRICT_OFFICIAL' }] });
  }

  async settle(): Promise<void> {
    for (const [regionId, parentId] of [['r-410308', undefined], ['r-v', 'r-410308'], ['r-w', 'r-410308'], ['r-other', undefined]] as const) {
      const { status } = await this.post('/regions', { regionId, name: regionId, ...(parentId ? { parentId } : {}) });
      if (status !== 200) throw new Error(`region ${regionId}: ${status}`);
    }
  }

  post(url: string, payload: unknown, headers: Headers = as(this.official)): Promise<InjectedAnswer> {
    return this.system.inject({ method: 'POST', url: `/farmer${url}`, payload, headers });
  }

  get(url: string, headers: Headers = as(this.official)): Promise<InjectedAnswer> {
    return this.system.inject({ method: 'GET', url, headers });
  }

  async close(): Promise<void> {
    await this.system?.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}
