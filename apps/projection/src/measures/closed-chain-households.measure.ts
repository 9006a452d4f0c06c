import { chain } from '../ledger/counting.js';
import { defineMeasure, one } from '../ledger/measure.js';

/** 双绑闭环户数: households with a counting binding to a cooperative that is bound to an enterprise recognised on that day, each once. */
export const closedChainHouseholds = defineMeasure({
  name: 'closed-chain-households',
  version: 1,
  title: { zh: '双绑闭环户数', en: 'closed-chain households' },
  unit: { zh: '户', en: 'households' },
  definition: {
    zh: '绑定合作社、且该合作社当日绑定有效认定的龙头企业的农户,每户计一次。',
    en: 'households with a counting binding to a cooperative that is bound to an enterprise recognised on that day, each once.',
  },
  subject: 'household',
  kinds: ['home', 'binding', 'registration', 'link', 'enterprise', 'recognition'],
  things: ['binding', 'link'],
  groups: ['cooperative', 'enterprise', 'linkage'],
  period: false,
  count: (day) => one(chain(day)),
});
