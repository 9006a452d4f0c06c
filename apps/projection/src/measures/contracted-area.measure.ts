import { dueLines } from '../ledger/counting.js';
import { defineMeasure } from '../ledger/measure.js';

/** 到期订单面积: agreed area of the contract lines that fell due in the period. */
export const contractedArea = defineMeasure({
  name: 'contracted-area',
  version: 1,
  title: { zh: '到期订单面积', en: 'contracted area due' },
  unit: { zh: '亩/100', en: '0.01 mu' },
  definition: {
    zh: '统计期内到期合同行的约定面积。',
    en: 'agreed area of the contract lines that fell due in the period.',
  },
  subject: 'contract',
  kinds: ['line', 'contract', 'seat'],
  things: ['line'],
  groups: ['cooperative', 'enterprise', 'crop'],
  period: true,
  count: (day) => dueLines(day).map(({ line, due }) => ({ value: line.attributes.area ?? 0, by: [line], cohort: due })),
});
