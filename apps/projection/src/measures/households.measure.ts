import { defineMeasure, one } from '../ledger/measure.js';

/** 登记农户: households that have a home village on that day. */
export const households = defineMeasure({
  name: 'households',
  version: 1,
  title: { zh: '登记农户', en: 'households registered' },
  unit: { zh: '户', en: 'households' },
  definition: {
    zh: '当日登记在村的农户。',
    en: 'households that have a home village on that day.',
  },
  subject: 'household',
  kinds: ['home'],
  things: [],
  groups: [],
  period: false,
  count: (day) => one(day.of('home').slice(0, 1)),
});
