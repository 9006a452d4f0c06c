import { counting, resident } from '../ledger/counting.js';
import { defineMeasure, one } from '../ledger/measure.js';

/** 已绑定常住户: resident households with at least one counting binding. */
export const boundResidentHouseholds = defineMeasure({
  name: 'bound-resident-households',
  version: 1,
  title: { zh: '已绑定常住户', en: 'bound resident households' },
  unit: { zh: '户', en: 'households' },
  definition: {
    zh: '常住户中当日至少有一项有效绑定的农户。',
    en: 'resident households with at least one counting binding.',
  },
  subject: 'household',
  kinds: ['home', 'standing', 'binding', 'registration'],
  things: ['binding'],
  groups: ['cooperative'],
  period: false,
  count: (day) => {
    const standing = resident(day);
    return standing && counting(day).length ? one([standing, ...counting(day).slice(0, 1)]) : [];
  },
});
