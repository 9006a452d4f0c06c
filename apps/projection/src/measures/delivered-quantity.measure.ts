import { defineMeasure } from '../ledger/measure.js';

/** 交付量: weight delivered in the period. */
export const deliveredQuantity = defineMeasure({
  name: 'delivered-quantity',
  version: 1,
  title: { zh: '交付量', en: 'delivered quantity' },
  unit: { zh: '克', en: 'g' },
  definition: {
    zh: '统计期内的交付重量。',
    en: 'weight delivered in the period.',
  },
  subject: 'contract',
  kinds: ['contract', 'seat', 'delivery'],
  groups: ['cooperative', 'enterprise', 'crop'],
  period: true,
  count: (day) => day.of('delivery').map((delivery) => ({ value: delivery.attributes.weight ?? 0, by: [delivery], cohort: delivery.from })),
});
