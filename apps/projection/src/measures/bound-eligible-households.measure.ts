import { counting, eligible } from '../ledger/counting.js';
import { defineMeasure, one } from '../ledger/measure.js';

/** 已绑定有产业发展条件户: eligible households with at least one counting binding. */
export const boundEligibleHouseholds = defineMeasure({
  name: 'bound-eligible-households',
  version: 1,
  title: { zh: '已绑定有产业发展条件户', en: 'bound eligible households' },
  unit: { zh: '户', en: 'households' },
  definition: {
    zh: '有产业发展条件户中当日至少有一项有效绑定的农户。',
    en: 'eligible households with at least one counting binding.',
  },
  subject: 'household',
  kinds: ['home', 'standing', 'binding', 'registration'],
  things: ['binding'],
  groups: ['cooperative'],
  period: false,
  count: (day) => {
    const standing = eligible(day);
    return standing && counting(day).length ? one([standing, ...counting(day).slice(0, 1)]) : [];
  },
});
