import { defineMeasure, one } from '../ledger/measure.js';

/** 村级单位: villages and communities of the tree on that day. */
export const villages = defineMeasure({
  name: 'villages',
  version: 1,
  title: { zh: '村级单位', en: 'village-level units' },
  unit: { zh: '个', en: 'units' },
  definition: {
    zh: '当日行政区划内的村和社区。',
    en: 'villages and communities of the tree on that day.',
  },
  subject: 'village',
  kinds: ['region'],
  things: ['region'],
  groups: [],
  period: false,
  count: (day) => one(day.of('region').filter((unit) => unit.attributes.level === 'VILLAGE')),
});
