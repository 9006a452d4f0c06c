import { counting, members } from '../ledger/counting.js';
import { defineMeasure } from '../ledger/measure.js';

/** 辐射带动农民: members of the households reached; a person is in one household on one day, so is counted once. */
export const farmersReached = defineMeasure({
  name: 'farmers-reached',
  version: 1,
  title: { zh: '辐射带动农民', en: 'farmers reached' },
  unit: { zh: '人', en: 'persons' },
  definition: {
    zh: '联结农户的家庭成员数,一人同日只属一户,按人去重。',
    en: 'members of the households reached; a person is in one household on one day, so is counted once.',
  },
  subject: 'household',
  kinds: ['home', 'binding', 'registration', 'member'],
  things: ['binding'],
  groups: ['cooperative', 'enterprise', 'crop', 'linkage'],
  period: false,
  count: (day) => (counting(day).length && members(day).length ? [{ value: members(day).length, by: [...counting(day).slice(0, 1), ...members(day)] }] : []),
});
