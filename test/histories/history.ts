import type { RecordedEvent } from '#decider';
import fc from 'fast-check';
import { PAUSES } from './calendar.js';
import { BINDINGS, COOPERATIVES } from './deeds/cooperatives.js';
import type { Deed, Weighted } from './deeds/deed.js';
import { CONTRACTS, ENTERPRISES } from './deeds/enterprises.js';
import { LAND, REGIONS } from './deeds/land.js';
import { PEOPLE } from './deeds/people.js';
import { creditCode, Draw } from './draw.js';
import { Office, type Order } from './office.js';

const DEEDS: readonly Deed[] = [PEOPLE, LAND, REGIONS, COOPERATIVES, BINDINGS, ENTERPRISES, CONTRACTS].flatMap((deeds: readonly Weighted[]) => deeds.flatMap(([weight, deed]) => Array<Deed>(weight).fill(deed)));

/** One deed of a story: which, made of which numbers, how long after the one before. Any story can be told; shorter ones too. */
export interface Told {
  readonly deed: number;
  readonly numbers: readonly number[];
  readonly pause: number;
}
const told: fc.Arbitrary<Told> = fc.record({
  deed: fc.nat(DEEDS.length - 1),
  numbers: fc.array(fc.nat(100_000), { minLength: 14, maxLength: 14 }),
  pause: fc.nat(PAUSES.length - 1),
});
export const stories = (least: number, most: number): fc.Arbitrary<readonly Told[]> => fc.array(told, { minLength: least, maxLength: most, size: 'max' });

const region = (regionId: string, level: string, [code, parentId]: [string, string | undefined], validFrom = '2021-11-01'): Order => ({
  command: 'register-region',
  input: { regionId, level, kind: level, code, name: `测试${code}`, parentId, validFrom },
});
const household = (n: number): Order => ({
  command: 'register-household',
  input: { householdId: `h-${n}`, villageId: `v-${1 + (n % 3)}`, resident: true, eligible: n % 2 === 0, validFrom: '2021-11-30', persons: [1, 2].map((p) => ({ personId: `p-${n}.${p}`, name: `测试${n}.${p}` })) },
});
const parcel = (n: number): Order => ({ command: 'register-parcel', input: { parcelId: `l-${n}`, villageId: `v-${1 + (n % 3)}`, area: 100 + 11 * n, validFrom: '2021-11-30' } });
const cooperative = (n: number): Order => ({
  command: 'register-cooperative',
  input: { id: `c-${n}`, creditCode: creditCode('93', n), kind: 'SPECIALIZED', name: `测试${n}`, villageId: `v-${n}`, products: ['桃'], validFrom: '2021-11-30' },
});
const enterprise = (n: number): Order[] => [
  { command: 'register-enterprise', input: { id: `e-${n}`, creditCode: creditCode('91', n), name: `测试${n}`, villageId: `v-${n + 1}`, validFrom: '2021-11-01' } },
  { command: 'recognise-enterprise', input: { enterpriseId: `e-${n}`, level: n === 1 ? 'COUNTY' : 'PROVINCIAL', validFrom: '2021-12-01', validThrough: n === 1 ? '2022-12-31' : '2022-06-30' } },
];

const bound = (id: string, householdId: string, cooperativeId: string, parcelId: string): Order[] => [
  { command: 'draft-binding', input: { id, householdId, cooperativeId, linkage: id === 'b-2' ? 'ORDER' : 'MEMBER', validFrom: '2022-01-01', claims: [{ parcelId, crop: '桃' }], submit: true }, actor: 'manager', roles: ['COOPERATIVE_MANAGER'] },
  { command: 'confirm-binding', input: { bindingId: id, method: 'SIGNATURE', on: '2022-01-04', by: 'HEAD' } },
  { command: 'admit-binding', input: { bindingId: id }, actor: 'manager', roles: ['COOPERATIVE_MANAGER'] },
];

/** Two districts, three towns, four villages; what is there before the story begins. */
const BEGINNING: readonly Order[] = [
  region('d-1', 'DISTRICT', ['410308', undefined]), region('d-2', 'DISTRICT', ['410304', undefined]),
  region('t-1', 'TOWN', ['410308101', 'd-1']), region('t-2', 'TOWN', ['410308102', 'd-1']), region('t-3', 'TOWN', ['410304100', 'd-2']),
  region('v-1', 'VILLAGE', ['410308101201', 't-1']), region('v-2', 'VILLAGE', ['410308101202', 't-1']), region('v-3', 'VILLAGE', ['410308102201', 't-2']), region('v-4', 'VILLAGE', ['410304100201', 't-3']),
  ...[1, 2, 3, 4].map(household), ...[1, 2, 3, 4].map(parcel), ...[1, 2, 3].map(cooperative), ...[1, 2].flatMap(enterprise),
  { command: 'bind-cooperative', input: { id: 'n-1', cooperativeId: 'c-1', enterpriseId: 'e-1', validFrom: '2021-12-31' } },
  { command: 'bind-cooperative', input: { id: 'n-2', cooperativeId: 'c-2', enterpriseId: 'e-2', validFrom: '2022-01-01' } },
  ...bound('b-1', 'h-1', 'c-1', 'l-1'), ...bound('b-2', 'h-2', 'c-2', 'l-2'), ...bound('b-3', 'h-3', 'c-2', 'l-1'),
  { command: 'sign-contract', input: { id: 'o-1', cooperativeId: 'c-1', enterpriseId: 'e-1', validFrom: '2022-01-01', validThrough: '2022-12-31', lines: [{ crop: '桃', quantity: 40, area: 100, due: '2022-06-30' }, { crop: '葡萄', quantity: 60, area: 50, due: '2022-12-31' }] } },
];

export interface History {
  /** In the order of their recording. */
  readonly events: readonly RecordedEvent[];
  /** How often each command was refused, and why. */
  readonly refusals: ReadonlyMap<string, number>;
  readonly given: number;
}

/** Tells a story: gives its commands one after the other. */
export const tellHistory = async (story: readonly Told[]): Promise<History> => {
  const office = new Office();
  let given = 0;
  for (const order of BEGINNING) {
    const answer = await office.give(order);
    if (typeof answer === 'string') throw new Error(`${order.command} ${JSON.stringify(order.input)}: ${answer}`);
  }
  for (const [turn, { deed, numbers, pause }] of story.entries()) {
    office.now += PAUSES[pause] ?? 0;
    for (const order of DEEDS[deed]?.(new Draw(numbers, office, turn + 10)) ?? []) {
      given += 1;
      await office.give(order);
    }
  }
  return { events: office.events, refusals: office.refusals, given };
};
