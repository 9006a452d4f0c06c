import { baseArea } from './base-area.measure.js';
import { boundCooperatives } from './bound-cooperatives.measure.js';
import { boundEligibleHouseholds } from './bound-eligible-households.measure.js';
import { boundResidentHouseholds } from './bound-resident-households.measure.js';
import { closedChainHouseholds } from './closed-chain-households.measure.js';
import { conflictArea } from './conflict-area.measure.js';
import { contractedArea } from './contracted-area.measure.js';
import { contractedChainHouseholds } from './contracted-chain-households.measure.js';
import { contractedQuantity } from './contracted-quantity.measure.js';
import { contractsDue } from './contracts-due.measure.js';
import { contractsFulfilled } from './contracts-fulfilled.measure.js';
import { cooperatives } from './cooperatives.measure.js';
import { deliveredQuantity } from './delivered-quantity.measure.js';
import { eligibleHouseholds } from './eligible-households.measure.js';
import { engagedHouseholds } from './engaged-households.measure.js';
import { engagedResidentHouseholds } from './engaged-resident-households.measure.js';
import { enterprises } from './enterprises.measure.js';
import { farmersReached } from './farmers-reached.measure.js';
import { fulfilledQuantity } from './fulfilled-quantity.measure.js';
import { households } from './households.measure.js';
import { householdsReached } from './households-reached.measure.js';
import { nominalCooperatives } from './nominal-cooperatives.measure.js';
import { operatingCooperatives } from './operating-cooperatives.measure.js';
import { registeredPersons } from './registered-persons.measure.js';
import { residentHouseholds } from './resident-households.measure.js';
import { sownArea } from './sown-area.measure.js';
import { villages } from './villages.measure.js';
import type { Measure, Rate } from '../ledger/measure.js';

/** Every figure there is; the order is the catalogue's. */
export const MEASURES: readonly Measure[] = [
  baseArea, conflictArea, sownArea, householdsReached, farmersReached, engagedHouseholds, engagedResidentHouseholds, closedChainHouseholds, contractedChainHouseholds, households, registeredPersons, residentHouseholds, boundResidentHouseholds, eligibleHouseholds, boundEligibleHouseholds, cooperatives, operatingCooperatives, boundCooperatives, nominalCooperatives, enterprises, contractedQuantity, contractedArea, fulfilledQuantity, deliveredQuantity, contractsDue, contractsFulfilled, villages,
];

export const RATES: readonly Rate[] = [
  {
    name: 'farmer-binding-rate',
    version: 1,
    title: { zh: '农户绑定率', en: 'farmer binding rate' },
    definition: { zh: '已绑定户占所选口径农户的百分比,分子只计分母中的农户。', en: 'bound households in percent of the households of the named denominator; the numerator counts only these.' },
    denominators: {
      ELIGIBLE_HOUSEHOLDS: { numerator: 'bound-eligible-households', denominator: 'eligible-households' },
      RESIDENT_HOUSEHOLDS: { numerator: 'bound-resident-households', denominator: 'resident-households' },
    },
  },
  {
    name: 'cooperative-binding-rate',
    version: 1,
    title: { zh: '合作社绑定率', en: 'cooperative binding rate' },
    definition: { zh: '正常经营的合作社中绑定有效认定龙头企业的百分比。', en: 'cooperatives bound to a recognised enterprise in percent of those in normal operation.' },
    denominators: { OPERATING_COOPERATIVES: { numerator: 'bound-cooperatives', denominator: 'operating-cooperatives' } },
  },
  {
    name: 'fulfilment-rate-quantity',
    version: 1,
    title: { zh: '订单履约率(量)', en: 'fulfilment rate by quantity' },
    definition: { zh: '到期合同行的交付量(每行不超过约定)占约定数量的百分比。', en: 'delivered, capped per line, in percent of what was agreed for the lines that fell due.' },
    denominators: { DUE_LINES: { numerator: 'fulfilled-quantity', denominator: 'contracted-quantity' } },
  },
  {
    name: 'fulfilment-rate-contracts',
    version: 1,
    title: { zh: '订单履约率(份)', en: 'fulfilment rate by contracts' },
    definition: { zh: '到期合同中每行交付不低于 95 % 的百分比。', en: 'contracts of which every due line was delivered to at least 95 %, in percent of the contracts due.' },
    denominators: { CONTRACTS_DUE: { numerator: 'contracts-fulfilled', denominator: 'contracts-due' } },
  },
];
