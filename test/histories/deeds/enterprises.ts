import { RECOGNITION_LEVELS } from '#contracts';
import { creditCode, type Draw } from '../draw.js';
import { order, sometimes, type Weighted } from './deed.js';
import { CROPS } from './land.js';

const enterprise = (draw: Draw): string => draw.subject('enterprise');
const dissolved = (draw: Draw): string => draw.subject('enterprise', ({ to }) => to !== null);
const recognition = (draw: Draw, change: object = {}): object => {
  const fact = draw.fact('recognition');
  return { enterpriseId: fact?.subject ?? 'none', recognitionId: fact?.key ?? 'none', ...change };
};
const recognise = (draw: Draw) => {
  const validFrom = draw.earlyDay();
  return order('recognise-enterprise', { enterpriseId: enterprise(draw), level: draw.pick(RECOGNITION_LEVELS), validFrom, ...(draw.chance(4) ? {} : { validThrough: draw.lastDay(validFrom) }) });
};
const link = (draw: Draw): string => draw.fact('link')?.key ?? 'none';

/** Enterprises, their recognitions, which lapse, and their bindings with cooperatives. */
export const ENTERPRISES: readonly Weighted[] = [
  [1, (draw) => order('register-enterprise', { id: `e-${draw.turn}`, creditCode: creditCode('91', 100 + draw.turn), name: `测试${draw.turn}`, villageId: draw.village(), validFrom: draw.earlyDay() })],
  [2, (draw) => order('dissolve-enterprise', { enterpriseId: enterprise(draw), validThrough: draw.day() })],
  [2, (draw) => order('void-enterprise-dissolution', { enterpriseId: dissolved(draw) })],
  [1, (draw) => order('correct-enterprise-dissolution', { enterpriseId: dissolved(draw), validThrough: draw.day() })],
  [1, (draw) => order('correct-enterprise-registration', { enterpriseId: enterprise(draw), ...sometimes(draw, { villageId: () => draw.village(), validFrom: () => draw.day() }) })],
  [1, (draw) => order('void-enterprise-registration', { enterpriseId: enterprise(draw) })],
  [5, recognise],
  [2, (draw) => order('end-recognition', recognition(draw, { validThrough: draw.day() }))],
  [2, (draw) => order('correct-recognition', recognition(draw, sometimes(draw, { level: () => draw.pick(RECOGNITION_LEVELS), validThrough: () => draw.day(), validFrom: () => draw.day() })))],
  [1, (draw) => order('void-recognition', recognition(draw))],
  [6, (draw) => order('bind-cooperative', { id: `n-${draw.turn}`, cooperativeId: draw.subject('registration'), enterpriseId: enterprise(draw), validFrom: draw.chance(2) ? draw.earlyDay() : draw.day() })],
  [2, (draw) => order('unbind-cooperative', { linkId: link(draw), validThrough: draw.day() })],
  [2, (draw) => order('correct-link', { linkId: link(draw), ...sometimes(draw, { validFrom: () => draw.day(), validThrough: () => draw.day() }) })],
  [1, (draw) => order('void-link', { linkId: link(draw) })],
];

const line = (draw: Draw, from: string): object => ({ crop: draw.pick(CROPS), quantity: 10 + draw.number(90), area: draw.number(500), due: draw.chance(6) ? draw.day() : draw.lastDay(from) });
/** Mostly two that are bound to one another. */
const sides = (draw: Draw) => {
  const linked = draw.chance(4) ? undefined : draw.fact('link')?.attributes;
  return { cooperativeId: linked?.cooperativeId ?? draw.subject('registration'), enterpriseId: linked?.enterpriseId ?? enterprise(draw) };
};
const sign = (draw: Draw) => {
  const validFrom = draw.chance(2) ? draw.earlyDay() : draw.day();
  const lines = draw.chance(2) ? [line(draw, validFrom)] : [line(draw, validFrom), line(draw, validFrom)];
  return order('sign-contract', { id: `o-${draw.turn}`, ...sides(draw), validFrom, validThrough: draw.lastDay(validFrom), lines });
};
const contract = (draw: Draw): string => draw.fact('contract')?.key ?? 'none';
const amend = (draw: Draw) => {
  const fact = draw.fact('line');
  const [contractId, lineId] = [fact?.attributes.contractId ?? 'none', fact?.key ?? 'none'];
  if (draw.chance(4)) return order('amend-contract', { contractId, drop: [lineId] });
  if (draw.chance(4)) return order('amend-contract', { contractId, add: [line(draw, '2022-01-01')], on: draw.day() });
  return order('amend-contract', { contractId, amend: [{ lineId, ...sometimes(draw, { quantity: () => 10 + draw.number(90), due: () => draw.day(), crop: () => draw.pick(CROPS), area: () => draw.number(500) }) }] });
};
const deliver = (draw: Draw) => {
  const against = draw.fact('line');
  return order('record-delivery', { id: `d-${draw.turn}`, contractId: against?.attributes.contractId ?? 'none', lineId: against?.key ?? 'none', weight: 5 + draw.number(60), on: draw.day() });
};
const delivery = (draw: Draw): string => draw.fact('delivery')?.key ?? 'none';

/** Contracts, amended and ended, and what is delivered against them. */
export const CONTRACTS: readonly Weighted[] = [
  [6, sign],
  [4, amend],
  [1, (draw) => order('correct-contract', { contractId: contract(draw), ...sometimes(draw, { validFrom: () => draw.day(), validThrough: () => draw.day() }) })],
  [1, (draw) => order('terminate-contract', { contractId: contract(draw), validThrough: draw.day() })],
  [1, (draw) => order('void-contract', { contractId: contract(draw) })],
  [9, deliver],
  [2, (draw) => order('correct-delivery', { deliveryId: delivery(draw), ...sometimes(draw, { weight: () => 5 + draw.number(60), on: () => draw.day(), lineId: () => draw.fact('line')?.key ?? 'none' }) })],
  [1, (draw) => order('void-delivery', { deliveryId: delivery(draw) })],
];
