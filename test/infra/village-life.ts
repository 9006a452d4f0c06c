import { setTimeout as pause } from 'node:timers/promises';
import { testCreditCode } from '../../apps/platform/src/sample/organisations.js';
import { testIdentityNumber, testName } from '../../apps/platform/src/sample/people.js';
import type { Client } from './client.js';

const FROM = '2022-01-01';
const CROPS = ['桃', '葡萄', '西瓜'];
const VILLAGES = ['410308103201', '410308103202', '410308103203'];
const villageOf = (n: number): string => `r-${VILLAGES[n % VILLAGES.length]}`;
/** Sums of what was acknowledged. Areas in hundredths of a 亩. */
export interface Tally {
  households: number;
  persons: number;
  bound: number;
  personsBound: number;
  claimed: number;
  sown: number;
  cooperatives: number;
  enterprises: number;
}
interface Household {
  readonly n: number;
  readonly persons: number;
  readonly area: number;
}

/** What happens in a few villages, as public commands: households and parcels are registered, bound with claims, and plant; organisations appear. */
export class VillageLife {
  readonly tally: Tally = { households: 0, persons: 0, bound: 0, personsBound: 0, claimed: 0, sown: 0, cooperatives: 0, enterprises: 0 };
  private readonly waiting: Household[] = [];
  private work: Promise<void>[] = [];
  private next = 0;
  private going = false;

  constructor(private readonly client: Client) {}

  /** Regions, and a cooperative to begin with. */
  async prepare(): Promise<void> {
    const region = (level: string, code: string, name: string, parentId?: string) =>
      this.client.command('farmer', '/regions', { regionId: `r-${code}`, level, kind: level, code, name, parentId, validFrom: '2021-01-01' });
    await region('DISTRICT', '410308', '孟津区');
    await region('TOWN', '410308103', '送庄镇', 'r-410308');
    for (const code of VILLAGES) await region('VILLAGE', code, `测试${code.slice(-3)}村`, 'r-410308103');
    await this.cooperative(0);
  }

  /** @param pace households registered a second, and organisations every third of that */
  start(pace: { households: number; binders: number }): void {
    this.going = true;
    const every = (ms: number, act: () => Promise<void>) => async (): Promise<void> => {
      while (this.going) await Promise.all([act(), pause(ms)]);
    };
    const households = Array.from({ length: 2 }, () => every(2000 / pace.households, () => this.register((this.next += 1))));
    let n = 0;
    const organisations = every(3000 / pace.households, () => this.organise((n += 1)));
    this.work = [...households, organisations, ...Array.from({ length: pace.binders }, () => () => this.bindAll())].map((run) => run());
    // Whoever stops the load hears of it; until then a failure must not end the process.
    for (const one of this.work) one.catch(() => undefined);
  }

  /** Nothing new begins, and what has begun is finished. */
  async stop(): Promise<void> {
    this.going = false;
    await Promise.all(this.work);
  }

  private async register(n: number): Promise<void> {
    const [householdId, persons, area] = [`h-${n}`, 1 + (n % 3), 100 + (n % 50)];
    const people = Array.from({ length: persons }, (_, i) => ({ personId: `p-${n}-${i}`, name: testName(n, i), identityNumber: testIdentityNumber(n * 4 + i) }));
    await this.client.command('farmer', '/households', { householdId, villageId: villageOf(n), resident: true, eligible: true, validFrom: FROM, persons: people });
    this.tally.households += 1;
    this.tally.persons += persons;
    await this.client.command('farmer', '/parcels', { parcelId: `l-${n}`, villageId: villageOf(n), area, validFrom: FROM });
    this.waiting.push({ n, persons, area });
  }

  private async bindAll(): Promise<void> {
    for (;;) {
      const household = this.waiting.shift();
      if (household) await this.bind(household);
      else if (this.going) await pause(20);
      else return;
    }
  }

  private async bind({ n, persons, area }: Household): Promise<void> {
    const [id, crop] = [`b-${n}`, CROPS[n % CROPS.length]];
    await this.client.command('cooperative', '/bindings', { id, householdId: `h-${n}`, cooperativeId: 'c-0', linkage: 'MEMBER', validFrom: FROM, submit: true, claims: [{ id: `k-${n}`, parcelId: `l-${n}`, crop }] });
    await this.client.command('cooperative', `/bindings/${id}/confirm`, { method: 'SIGNATURE', on: FROM, by: 'HEAD' }, 'district-official');
    await this.client.command('cooperative', `/bindings/${id}/admit`, {});
    this.tally.bound += 1;
    this.tally.personsBound += persons;
    this.tally.claimed += area;
    await this.client.command('farmer', '/plantings', { plantingId: `s-${n}`, parcelId: `l-${n}`, householdId: `h-${n}`, crop, area, on: '2022-03-01' });
    this.tally.sown += area;
  }

  private async cooperative(n: number): Promise<void> {
    await this.client.command('cooperative', '/cooperatives', { id: `c-${n}`, creditCode: testCreditCode('93', n + 1), kind: 'SPECIALIZED', name: `测试${n}合作社`, villageId: villageOf(n), products: ['桃'], validFrom: FROM });
    this.tally.cooperatives += 1;
  }

  private async organise(n: number): Promise<void> {
    await this.cooperative(n);
    await this.client.command('enterprise', '/enterprises', { id: `e-${n}`, creditCode: testCreditCode('91', n), name: `测试${n}企业`, villageId: villageOf(n), validFrom: FROM });
    await this.client.command('enterprise', `/enterprises/e-${n}/recognitions`, { level: 'COUNTY', validFrom: FROM });
    this.tally.enterprises += 1;
  }
}
