import { counting } from '../ledger/counting.js';
import { defineMeasure, one } from '../ledger/measure.js';

/** 联结农户: households with at least one counting binding on that day, each once. */
export const householdsReached = defineMeasure({
  name: 'households-reached',
  version: 1,
  title: { zh: '联结农户', en: 'households reached' },
  unit: { zh: '户', en: 'households' },
  definition: {
    zh: '当日至少有一项有效绑定的农户,每户计一次。',
    en: 'households with at least one counting binding on that day, each once.',
  },
  subject: 'household',
  kinds: ['home', 'binding', 'registration'],
  things: ['binding'],
  groups: ['cooperative', 'enterprise', 'crop', 'linkage'],
  period: false,
  count: (day) => one(counting(day).slice(0, 1)),
});
