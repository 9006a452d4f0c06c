import { loads } from '../ledger/counting.js';
import { defineMeasure } from '../ledger/measure.js';

/** 交付量: weight delivered in the period on contracts that were not voided. */
export const deliveredQuantity = defineMeasure({
  name: 'delivered-quantity',
  version: 1,
  title: { zh: '交付量', en: 'delivered quantity' },
  unit: { zh: '克', en: 'g' },
  definition: {
    zh: '统计期内的交付重量,已作废合同的交付不计。',
    en: 'weight delivered in the period on contracts that were not voided.',
  },
  subject: 'contract',
  kinds: ['contract', 'seat', 'delivery'],
  things: ['delivery'],
  groups: ['cooperative', 'enterprise', 'crop'],
  period: true,
  count: (day) => loads(day).map((delivery) => ({ value: delivery.attributes.weight ?? 0, by: [delivery], cohort: delivery.from })),
});
