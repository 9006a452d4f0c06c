import { dueLines } from '../ledger/counting.js';
import { defineMeasure } from '../ledger/measure.js';

/** 到期履约量: delivered against the lines that fell due in the period, capped per line at what was agreed. */
export const fulfilledQuantity = defineMeasure({
  name: 'fulfilled-quantity',
  version: 1,
  title: { zh: '到期履约量', en: 'fulfilled quantity' },
  unit: { zh: '克', en: 'g' },
  definition: {
    zh: '到期合同行的交付量,每行不超过约定数量。',
    en: 'delivered against the lines that fell due in the period, capped per line at what was agreed.',
  },
  subject: 'contract',
  kinds: ['line', 'contract', 'seat', 'delivery'],
  things: ['line', 'delivery'],
  groups: ['cooperative', 'enterprise', 'crop'],
  period: true,
  count: (day) => dueLines(day).map(({ line, due, delivered, by }) => ({ value: Math.min(delivered, line.attributes.quantity ?? 0), by: [line, ...by], cohort: due })),
});
