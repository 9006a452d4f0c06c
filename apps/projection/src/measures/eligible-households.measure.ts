import { eligible } from '../ledger/counting.js';
import { defineMeasure, one } from '../ledger/measure.js';

/** 有产业发展条件户: households stated to be eligible on that day. */
export const eligibleHouseholds = defineMeasure({
  name: 'eligible-households',
  version: 1,
  title: { zh: '有产业发展条件户', en: 'eligible households' },
  unit: { zh: '户', en: 'households' },
  definition: {
    zh: '当日标注为有产业发展条件户的农户。',
    en: 'households stated to be eligible on that day.',
  },
  subject: 'household',
  kinds: ['home', 'standing'],
  things: [],
  groups: [],
  period: false,
  count: (day) => {
    const standing = eligible(day);
    return standing ? one([standing]) : [];
  },
});
