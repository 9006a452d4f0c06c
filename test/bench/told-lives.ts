import { testCreditCode } from '../../apps/platform/src/sample/organisations.js';
import { testIdentityNumber, testName } from '../../apps/platform/src/sample/people.js';

/** One public command: where, what, by whom. */
export interface Command {
  readonly service: string;
  readonly path: string;
  readonly input: object;
  readonly by?: 'district-official';
}
const FROM = '2022-01-01';
const CROPS = ['桃', '葡萄', '西瓜', '草莓', '设施蔬菜'];
const VILLAGES = 40;
const COOPERATIVES = 43;
const ENTERPRISES = 8;
const region = (n: number): string => `r-${410308103200 + n}`;
const villageOf = (h: number): string => region(1 + (h % VILLAGES));
const cooperativeOf = (h: number): number => h % COOPERATIVES;
const farmer = (path: string, input: object): Command => ({ service: 'farmer', path, input });
const cooperative = (path: string, input: object, by?: 'district-official'): Command => ({ service: 'cooperative', path, input, by });
const enterprise = (path: string, input: object): Command => ({ service: 'enterprise', path, input });

const unit = (level: string, id: string, parentId?: string): Command =>
  farmer('/regions', { regionId: id, level, kind: level, code: id.slice(2), name: `测试${id.slice(-6)}`, parentId, validFrom: '2021-01-01' });

/** What is there before the lives begin, stage by stage: regions, organisations, their links and contracts. */
export const groundwork = (): Command[][] => {
  const coops = Array.from({ length: COOPERATIVES }, (_, c) => c);
  const firms = Array.from({ length: ENTERPRISES }, (_, e) => e);
  const ofFirm = (c: number) => ({ cooperativeId: `c-${c}`, enterpriseId: `e-${c % ENTERPRISES}` });
  return [
    [unit('DISTRICT', 'r-410308')],
    [unit('TOWN', 'r-410308103', 'r-410308')],
    Array.from({ length: VILLAGES }, (_, v) => unit('VILLAGE', region(v + 1), 'r-410308103')),
    [
      ...coops.map((c) => cooperative('/cooperatives', { id: `c-${c}`, creditCode: testCreditCode('93', c + 1), kind: 'SPECIALIZED', name: `测试${c}合作社`, villageId: region(1 + (c % VILLAGES)), products: [CROPS[c % 5]], validFrom: FROM })),
      ...firms.map((e) => enterprise('/enterprises', { id: `e-${e}`, creditCode: testCreditCode('91', e + 1), name: `测试${e}企业`, villageId: region(e + 1), validFrom: FROM })),
    ],
    firms.map((e) => enterprise(`/enterprises/e-${e}/recognitions`, { level: 'COUNTY', validFrom: FROM })),
    coops.map((c) => enterprise('/links', { id: `n-${c}`, ...ofFirm(c), validFrom: FROM })),
    coops.map((c) => enterprise('/contracts', { id: `o-${c}`, ...ofFirm(c), validFrom: FROM, validThrough: '2022-12-31', lines: [{ id: `o-${c}.1`, crop: CROPS[c % 5], quantity: 100_000_000, area: 10_000, due: '2022-10-31' }] })),
  ];
};

const born = (h: number): Command[] => {
  const persons = Array.from({ length: 3 + (h % 3 === 0 ? 1 : 0) }, (_, i) => ({ personId: `p-${h}-${i}`, name: testName(h, i), identityNumber: testIdentityNumber(h * 4 + i) }));
  const parcel = (n: number) => farmer('/parcels', { parcelId: `l-${h}-${n}`, villageId: villageOf(h), area: 100 + ((h * 7 + n) % 400), validFrom: FROM });
  return [farmer('/households', { householdId: `h-${h}`, villageId: villageOf(h), resident: true, eligible: h % 5 !== 0, validFrom: FROM, persons }), parcel(0), parcel(1)];
};

const bound = (h: number, c: number, parcels: readonly number[]): Command[] => {
  const id = `b-${h}-${c}`;
  const claims = parcels.map((n) => ({ id: `k-${h}-${c}-${n}`, parcelId: `l-${h}-${n}`, crop: CROPS[h % 5] }));
  return [
    cooperative('/bindings', { id, householdId: `h-${h}`, cooperativeId: `c-${c}`, linkage: 'MEMBER', validFrom: '2022-03-01', submit: true, claims }),
    cooperative(`/bindings/${id}/confirm`, { method: 'SIGNATURE', on: '2022-02-20', by: 'HEAD' }, 'district-official'),
    cooperative(`/bindings/${id}/admit`, {}),
  ];
};

const planted = (h: number): Command[] =>
  [0, 1].map((n) => farmer('/plantings', { plantingId: `s-${h}-${n}`, parcelId: `l-${h}-${n}`, householdId: `h-${h}`, crop: CROPS[h % 5], area: 100, on: '2022-03-20' }));

const later = (h: number): Command[] => {
  const [c, id] = [cooperativeOf(h), `b-${h}-${cooperativeOf(h)}`];
  const some: [boolean, Command[]][] = [
    [h % 3 === 0, [enterprise(`/contracts/o-${c}/deliveries`, { id: `d-${h}`, lineId: `o-${c}.1`, weight: 500_000, on: '2022-06-20' })]],
    [h % 7 === 0, bound(h, (c + 1) % COOPERATIVES, [])],
    [h % 10 === 3, [cooperative(`/bindings/${id}/end`, { validThrough: '2022-06-30', reason: 'WITHDRAWN' })]],
    [h % 20 === 4, [farmer(`/households/h-${h}/move`, { villageId: villageOf(h + 1), validFrom: '2022-06-01' })]],
    [h % 25 === 5, [cooperative(`/bindings/${id}/correct`, { validFrom: '2022-03-05' })]],
    [h % 50 === 6, [farmer(`/parcels/l-${h}-0/measures`, { area: 333, validFrom: '2022-05-01' })]],
  ];
  return some.flatMap(([happens, commands]) => (happens ? commands : []));
};

/**
 * A household's whole life as public commands, stage by stage: registered with its persons and parcels; bound with claims; planting;
 * one in 3 delivers, one in 7 joins a second cooperative, 1 in 10 ends, 1 in 20 moves, 1 in 25 is corrected, 1 in 50 measured anew.
 */
export const lifeOf = (h: number): Command[][] => [born(h), bound(h, cooperativeOf(h), [0, 1]), planted(h), later(h)];

/** Commands of a life, on the average. */
export const COMMANDS_A_LIFE = 3 + 3 + 2 + 1 / 3 + 3 / 7 + 1 / 10 + 1 / 20 + 1 / 25 + 1 / 50;
