import { LINKAGES } from '#contracts';
import { creditCode, type Draw } from '../draw.js';
import type { Order } from '../office.js';
import { order, sometimes, type Weighted } from './deed.js';
import { CROPS } from './land.js';

const statement = (draw: Draw, kind: string, change: object = {}): object => {
  const fact = draw.fact(kind);
  return { cooperativeId: fact?.subject ?? 'none', statementId: fact?.key ?? 'none', ...change };
};
const cooperative = (draw: Draw): string => draw.subject('registration');
const dissolved = (draw: Draw): string => draw.subject('registration', ({ to }) => to !== null);
const products = (draw: Draw): string[] => CROPS.filter(() => draw.chance(2));
const OPERATIONS = ['NORMAL', 'ABNORMAL', 'REVOKED', 'SHELL'];

/** Registration, dissolution, restoration, seats, operation and products. */
export const COOPERATIVES: readonly Weighted[] = [
  [1, (draw) => order('register-cooperative', { id: `c-${draw.turn}`, creditCode: creditCode('93', 100 + draw.turn), kind: 'SPECIALIZED', name: `测试${draw.turn}`, villageId: draw.village(), products: products(draw), validFrom: draw.earlyDay() })],
  [4, (draw) => order('dissolve-cooperative', { cooperativeId: cooperative(draw), validThrough: draw.day() })],
  [2, (draw) => order('correct-dissolution', { cooperativeId: dissolved(draw), validThrough: draw.day() })],
  [3, (draw) => order('void-dissolution', { cooperativeId: dissolved(draw) })],
  [1, (draw) => order('void-registration', { cooperativeId: cooperative(draw) })],
  [2, (draw) => order('correct-registration', { cooperativeId: cooperative(draw), validFrom: draw.day() })],
  [3, (draw) => order('move-seat', { cooperativeId: cooperative(draw), villageId: draw.village(), validFrom: draw.day() })],
  [2, (draw) => order('correct-seat', statement(draw, 'seat', sometimes(draw, { villageId: () => draw.village(), validFrom: () => draw.day() })))],
  [1, (draw) => order('void-seat', statement(draw, 'seat'))],
  [3, (draw) => order('state-operation', { cooperativeId: cooperative(draw), operation: draw.pick(OPERATIONS), validFrom: draw.day() })],
  [1, (draw) => order('correct-operation', statement(draw, 'operation', sometimes(draw, { operation: () => draw.pick(OPERATIONS), validFrom: () => draw.day() })))],
  [1, (draw) => order('void-operation', statement(draw, 'operation'))],
  [2, (draw) => order('state-products', { cooperativeId: cooperative(draw), products: products(draw), validFrom: draw.day() })],
  [1, (draw) => order('correct-products', statement(draw, 'products', { products: products(draw) }))],
  [1, (draw) => order('void-products', statement(draw, 'products'))],
];

const binding = (draw: Draw, fits?: (state: unknown) => boolean): string => draw.fact('binding', ({ attributes }) => fits?.(attributes.state) ?? true)?.key ?? 'none';
/** Often land that is claimed already: two cooperatives may do so. */
const land = (draw: Draw): string => (draw.chance(3) ? draw.subject('claim') : draw.subject('land'));
const claimed = (draw: Draw, from: string): object[] => [{ parcelId: land(draw), crop: draw.pick(CROPS), ...(draw.chance(3) ? { validFrom: draw.day() } : {}), ...(draw.chance(4) ? { validThrough: draw.lastDay(from) } : {}) }];

/** Drafted, submitted, confirmed and admitted, as far as it gets. */
const bind = (draw: Draw): Order[] => {
  const [id, validFrom, linkage] = [`b-${draw.turn}`, draw.chance(2) ? draw.earlyDay() : draw.day(), draw.pick(LINKAGES)];
  const claims = linkage === 'LABOUR' || draw.chance(4) ? [] : claimed(draw, validFrom);
  const whole: Order[] = [
    { command: 'draft-binding', input: { id, householdId: draw.subject('home'), cooperativeId: cooperative(draw), linkage, validFrom, claims, submit: true }, actor: 'manager', roles: ['COOPERATIVE_MANAGER'] },
    { command: 'confirm-binding', input: { bindingId: id, method: 'IN_PERSON', on: '2022-01-02', by: 'HEAD' } },
    { command: 'admit-binding', input: { bindingId: id, ...(draw.chance(5) ? { validFrom: draw.day() } : {}) }, actor: 'manager', roles: ['COOPERATIVE_MANAGER'] },
  ];
  return whole.slice(0, draw.chance(6) ? 1 + draw.number(2) : 3);
};
const claim = (draw: Draw, change: object = {}): object => {
  const fact = draw.fact('claim');
  return { bindingId: fact?.attributes.bindingId ?? 'none', claimId: fact?.key ?? 'none', ...change };
};

/** Bindings of households and the land they rest on. */
export const BINDINGS: readonly Weighted[] = [
  [16, bind],
  [2, (draw) => [{ command: 'admit-binding', input: { bindingId: binding(draw, (state) => state === 'CONFIRMED_BY_FARMER') }, actor: 'manager', roles: ['COOPERATIVE_MANAGER'] }]],
  [4, (draw) => order('end-binding', { bindingId: binding(draw, (state) => state === 'ACTIVE'), validThrough: draw.day(), reason: 'WITHDRAWN' })],
  [2, (draw) => order('correct-binding-end', { bindingId: binding(draw, (state) => state === 'ENDED'), validThrough: draw.day() })],
  [2, (draw) => order('void-binding-end', { bindingId: binding(draw, (state) => state === 'ENDED') })],
  [3, (draw) => order('correct-binding', { bindingId: binding(draw), ...sometimes(draw, { validFrom: () => draw.day(), linkage: () => draw.pick(LINKAGES) }) })],
  [2, (draw) => order('void-binding', { bindingId: binding(draw) })],
  [6, (draw) => order('claim-land', { bindingId: binding(draw), claims: claimed(draw, '2022-01-01') })],
  [2, (draw) => order('end-claim', claim(draw, { validThrough: draw.day() }))],
  [2, (draw) => order('correct-claim', claim(draw, sometimes(draw, { parcelId: () => draw.subject('land'), crop: () => draw.pick(CROPS), validFrom: () => draw.day() })))],
  [1, (draw) => order('void-claim', claim(draw))],
];
