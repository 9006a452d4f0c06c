import { resident } from '../ledger/counting.js';
import { defineMeasure, one } from '../ledger/measure.js';

/** 常住户: households stated to be resident on that day. */
export const residentHouseholds = defineMeasure({
  name: 'resident-households',
  version: 1,
  title: { zh: '常住户', en: 'resident households' },
  unit: { zh: '户', en: 'households' },
  definition: {
    zh: '当日标注为常住户的农户。',
    en: 'households stated to be resident on that day.',
  },
  subject: 'household',
  kinds: ['home', 'standing'],
  things: [],
  groups: [],
  period: false,
  count: (day) => {
    const standing = resident(day);
    return standing ? one([standing]) : [];
  },
});
