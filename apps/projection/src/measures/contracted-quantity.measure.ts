import { dueLines } from '../ledger/counting.js';
import { defineMeasure } from '../ledger/measure.js';

/** 到期订单量: agreed quantity of the contract lines that fell due in the period. */
export const contractedQuantity = defineMeasure({
  name: 'contracted-quantity',
  version: 1,
  title: { zh: '到期订单量', en: 'contracted quantity due' },
  unit: { zh: '克', en: 'g' },
  definition: {
    zh: '统计期内到期合同行的约定数量。',
    en: 'agreed quantity of the contract lines that fell due in the period.',
  },
  subject: 'contract',
  kinds: ['line', 'contract', 'seat'],
  things: ['line'],
  groups: ['cooperative', 'enterprise', 'crop'],
  period: true,
  count: (day) => dueLines(day).map(({ line, due }) => ({ value: line.attributes.quantity ?? 0, by: [line], cohort: due })),
});
