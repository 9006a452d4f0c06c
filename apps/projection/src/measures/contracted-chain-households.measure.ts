import { contractedChain } from '../ledger/counting.js';
import { defineMeasure, one } from '../ledger/measure.js';

/** 订单闭环户数: closed-chain households whose cooperative and enterprise have a contract whose period meets that calendar year. */
export const contractedChainHouseholds = defineMeasure({
  name: 'contracted-chain-households',
  version: 1,
  title: { zh: '订单闭环户数', en: 'households in a contracted chain' },
  unit: { zh: '户', en: 'households' },
  definition: {
    zh: '闭环户中,合作社与该企业有合同期与当年相交的订单合同。',
    en: 'closed-chain households whose cooperative and enterprise have a contract whose period meets that calendar year.',
  },
  subject: 'household',
  kinds: ['home', 'binding', 'registration', 'link', 'enterprise', 'recognition', 'contract'],
  things: ['binding', 'link'],
  groups: ['cooperative', 'enterprise', 'linkage'],
  period: false,
  count: (day) => one(contractedChain(day)),
});
