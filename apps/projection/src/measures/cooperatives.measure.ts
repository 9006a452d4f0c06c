import { defineMeasure, one } from '../ledger/measure.js';

/** 合作社: cooperatives registered on that day. */
export const cooperatives = defineMeasure({
  name: 'cooperatives',
  version: 1,
  title: { zh: '合作社', en: 'cooperatives' },
  unit: { zh: '家', en: 'organisations' },
  definition: {
    zh: '当日登记在册的合作社。',
    en: 'cooperatives registered on that day.',
  },
  subject: 'cooperative',
  kinds: ['registration', 'seat'],
  things: ['registration'],
  groups: ['cooperative', 'enterprise'],
  period: false,
  count: (day) => one(day.of('registration').slice(0, 1)),
});
