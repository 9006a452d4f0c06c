import { any, type Act, BAILU, HEZHONG, XISHANTOU } from './world.js';

/** Days before what is today's, 2022-07-20: all of it is entered late. */
export const [FIRST, RIGHT] = ['2022-03-01', '2022-05-01'];

export interface Case {
  readonly enter: readonly Act[];
  readonly correct: Act;
  readonly void: Act;
  seen(day: string): Promise<boolean>;
}
export const admitted = (id: string, householdId: string, [cooperativeId, linkage]: readonly [string, string], validFrom: string): Act[] => [
  ['/cooperative/bindings', { id, householdId, cooperativeId, linkage, validFrom, submit: true, onBehalfOf: cooperativeId }],
  [`/cooperative/bindings/${id}/confirm`, { method: 'PHONE', on: '2022-07-19', by: 'HEAD' }],
  [`/cooperative/bindings/${id}/admit`],
];
export const line = { id: 'first', crop: '桃', quantity: 100, unit: 't', area: 10_000, due: '2022-06-30' };
export const contract = (id: string, validFrom: string): Act => ['/enterprise/contracts', { id, cooperativeId: 'c-1', enterpriseId: 'e-1', validFrom, validThrough: '2022-12-31', lines: [{ ...line, id: `${id}.1` }] }];

/** By kind of fact: entered late on FIRST, corrected to RIGHT, voided. */
export const CASES: Readonly<Record<string, Case>> = {
  region: {
    enter: [[`/farmer/regions/${HEZHONG}/rename`, { name: '鹤中新社区', validFrom: FIRST }]],
    correct: [`/farmer/regions/${HEZHONG}/statements/${HEZHONG}.region.2/correct`, { validFrom: RIGHT }],
    void: [`/farmer/regions/${HEZHONG}/statements/${HEZHONG}.region.2/void`],
    seen: (day) => any(`/farmer/regions?code=410308104001&asOf=${day}`, ({ name }) => name === '鹤中新社区'),
  },
  home: {
    enter: [['/farmer/households/h-a/move', { villageId: XISHANTOU, validFrom: FIRST }]],
    correct: ['/farmer/households/h-a/homes/h-a.home.2/correct', { validFrom: RIGHT }],
    void: ['/farmer/households/h-a/homes/h-a.home.2/void'],
    seen: (day) => any(`/farmer/households?q=h-a&villageId=${XISHANTOU}&asOf=${day}`),
  },
  standing: {
    enter: [['/farmer/households/h-a/standings', { resident: false, validFrom: FIRST }]],
    correct: ['/farmer/households/h-a/standings/h-a.standing.2/correct', { validFrom: RIGHT }],
    void: ['/farmer/households/h-a/standings/h-a.standing.2/void'],
    seen: (day) => any(`/farmer/households?q=h-a&resident=false&asOf=${day}`),
  },
  member: {
    enter: [['/farmer/persons/p-1/move', { householdId: 'h-b', validFrom: FIRST }]],
    correct: ['/farmer/persons/p-1/placements/p-1.member.2/correct', { validFrom: RIGHT }],
    void: ['/farmer/persons/p-1/placements/p-1.member.2/void'],
    seen: (day) => any(`/farmer/households/h-b/persons?asOf=${day}`, ({ personId }) => personId === 'p-1'),
  },
  land: {
    enter: [['/farmer/parcels/l-1/measures', { area: 400, validFrom: FIRST }]],
    correct: ['/farmer/parcels/l-1/measures/l-1.land.2/correct', { validFrom: RIGHT }],
    void: ['/farmer/parcels/l-1/measures/l-1.land.2/void'],
    seen: (day) => any(`/farmer/parcels?q=l-1&asOf=${day}`, ({ area }) => area === 400),
  },
  planting: {
    enter: [['/farmer/plantings', { plantingId: 's-1', parcelId: 'l-1', householdId: 'h-b', crop: '桃', area: 100, on: FIRST }]],
    correct: ['/farmer/plantings/s-1/correct', { on: RIGHT }],
    void: ['/farmer/plantings/s-1/void'],
    seen: (day) => any(`/farmer/plantings?parcelId=l-1&through=${day}`),
  },
  harvest: {
    enter: [['/farmer/harvests', { harvestId: 'g-1', parcelId: 'l-1', householdId: 'h-b', crop: '桃', weight: 1000, on: FIRST }]],
    correct: ['/farmer/harvests/g-1/correct', { on: RIGHT }],
    void: ['/farmer/harvests/g-1/void'],
    seen: (day) => any(`/farmer/harvests?parcelId=l-1&through=${day}`),
  },
  registration: {
    enter: [['/cooperative/cooperatives', { id: 'c-9', creditCode: '93410308XX0000027C', kind: 'SPECIALIZED', name: '测试09合作社', villageId: BAILU, validFrom: FIRST }]],
    correct: ['/cooperative/cooperatives/c-9/correct', { validFrom: RIGHT }],
    void: ['/cooperative/cooperatives/c-9/void'],
    seen: (day) => any(`/cooperative/cooperatives?id=c-9&asOf=${day}`),
  },
  seat: {
    enter: [['/cooperative/cooperatives/c-1/seats', { villageId: XISHANTOU, validFrom: FIRST }]],
    correct: ['/cooperative/cooperatives/c-1/seats/c-1.seat.2/correct', { validFrom: RIGHT }],
    void: ['/cooperative/cooperatives/c-1/seats/c-1.seat.2/void'],
    seen: (day) => any(`/cooperative/cooperatives?id=c-1&villageId=${XISHANTOU}&asOf=${day}`),
  },
  operation: {
    enter: [['/cooperative/cooperatives/c-1/operations', { operation: 'ABNORMAL', validFrom: FIRST }]],
    correct: ['/cooperative/cooperatives/c-1/operations/c-1.operation.1/correct', { validFrom: RIGHT }],
    void: ['/cooperative/cooperatives/c-1/operations/c-1.operation.1/void'],
    seen: (day) => any(`/cooperative/cooperatives?id=c-1&operation=ABNORMAL&asOf=${day}`),
  },
  products: {
    enter: [['/cooperative/cooperatives/c-1/products', { products: ['葡萄'], validFrom: FIRST }]],
    correct: ['/cooperative/cooperatives/c-1/products/c-1.products.2/correct', { validFrom: RIGHT }],
    void: ['/cooperative/cooperatives/c-1/products/c-1.products.2/void'],
    seen: (day) => any(`/cooperative/cooperatives?id=c-1&asOf=${day}`, ({ products }) => JSON.stringify(products) === '["葡萄"]'),
  },
  binding: {
    enter: admitted('b-1', 'h-b', ['c-1', 'MEMBER'], FIRST),
    correct: ['/cooperative/bindings/b-1/correct', { validFrom: RIGHT }],
    void: ['/cooperative/bindings/b-1/void'],
    seen: (day) => any(`/cooperative/bindings?id=b-1&counts=true&asOf=${day}`),
  },
  claim: {
    enter: [...admitted('b-2', 'h-b', ['c-1', 'ORDER'], '2022-01-01'), ['/cooperative/bindings/b-2/claims', { claims: [{ id: 'k-1', parcelId: 'l-1', crop: '桃', validFrom: FIRST }] }]],
    correct: ['/cooperative/bindings/b-2/claims/k-1/correct', { validFrom: RIGHT }],
    void: ['/cooperative/bindings/b-2/claims/k-1/void'],
    seen: (day) => any(`/cooperative/claims?bindingId=b-2&asOf=${day}`, ({ counts }) => counts === true),
  },
  enterprise: {
    enter: [['/enterprise/enterprises', { id: 'e-9', creditCode: '91410308XX0000027J', name: '测试09龙头企业', villageId: BAILU, validFrom: FIRST }]],
    correct: ['/enterprise/enterprises/e-9/correct', { validFrom: RIGHT }],
    void: ['/enterprise/enterprises/e-9/void'],
    seen: (day) => any(`/enterprise/enterprises?id=e-9&asOf=${day}`),
  },
  recognition: {
    enter: [['/enterprise/enterprises/e-1/recognitions', { level: 'COUNTY', validFrom: FIRST }]],
    correct: ['/enterprise/enterprises/e-1/recognitions/e-1.recognition.1/correct', { validFrom: RIGHT }],
    void: ['/enterprise/enterprises/e-1/recognitions/e-1.recognition.1/void'],
    seen: (day) => any(`/enterprise/enterprises?id=e-1&level=COUNTY&asOf=${day}`),
  },
  link: {
    enter: [['/enterprise/links', { id: 'n-1', cooperativeId: 'c-1', enterpriseId: 'e-1', validFrom: FIRST }]],
    correct: ['/enterprise/links/n-1/correct', { validFrom: RIGHT }],
    void: ['/enterprise/links/n-1/void'],
    seen: (day) => any(`/enterprise/links?id=n-1&asOf=${day}`),
  },
  contract: {
    enter: [contract('o-1', FIRST)],
    correct: ['/enterprise/contracts/o-1/correct', { validFrom: RIGHT }],
    void: ['/enterprise/contracts/o-1/void'],
    seen: (day) => any(`/enterprise/contracts?id=o-1&state=ACTIVE&asOf=${day}`),
  },
  delivery: {
    enter: [contract('o-2', '2022-01-01'), ['/enterprise/contracts/o-2/deliveries', { id: 'd-1', lineId: 'o-2.1', weight: 5, unit: 't', on: FIRST, ticket: 'GB-1' }]],
    correct: ['/enterprise/deliveries/d-1/correct', { on: RIGHT }],
    void: ['/enterprise/deliveries/d-1/void'],
    seen: (day) => any(`/enterprise/deliveries?contractId=o-2&asOf=${day}`),
  },
};

