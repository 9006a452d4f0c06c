import { dueLines, lastDue } from '../ledger/counting.js';
import { defineMeasure } from '../ledger/measure.js';

/** 履约合同: contracts due of which every due line was delivered to at least 95 %. */
export const contractsFulfilled = defineMeasure({
  name: 'contracts-fulfilled',
  version: 1,
  title: { zh: '履约合同', en: 'contracts fulfilled' },
  unit: { zh: '份', en: 'contracts' },
  definition: {
    zh: '到期合同中,每一到期合同行交付不低于 95 % 的合同。',
    en: 'contracts due of which every due line was delivered to at least 95 %.',
  },
  subject: 'contract',
  kinds: ['line', 'contract', 'seat', 'delivery'],
  things: ['line', 'delivery'],
  groups: ['cooperative', 'enterprise'],
  period: true,
  count: (day) => {
    const due = dueLines(day);
    const met = due.every(({ line, delivered }) => delivered * 100 >= (line.attributes.quantity ?? 0) * 95);
    return due.length && met ? [{ value: 1, by: due.flatMap(({ line, by }) => [line, ...by]), cohort: lastDue(due) }] : [];
  },
});
