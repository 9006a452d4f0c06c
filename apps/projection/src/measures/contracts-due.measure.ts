import { dueLines, lastDue } from '../ledger/counting.js';
import { defineMeasure } from '../ledger/measure.js';

/** 到期合同: contracts with a line that fell due, each once, in the period of its latest due day. */
export const contractsDue = defineMeasure({
  name: 'contracts-due',
  version: 1,
  title: { zh: '到期合同', en: 'contracts due' },
  unit: { zh: '份', en: 'contracts' },
  definition: {
    zh: '统计期内有合同行到期的合同,每份计一次。',
    en: 'contracts with a line that fell due, each once, in the period of its latest due day.',
  },
  subject: 'contract',
  kinds: ['line', 'contract', 'seat'],
  things: ['line'],
  groups: ['cooperative', 'enterprise'],
  period: true,
  count: (day) => {
    const due = dueLines(day);
    return due.length ? [{ value: 1, by: due.map(({ line }) => line), cohort: lastDue(due) }] : [];
  },
});
