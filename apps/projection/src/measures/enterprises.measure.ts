import { leading } from '../ledger/counting.js';
import { defineMeasure, one } from '../ledger/measure.js';

const RANK: readonly string[] = ['NATIONAL', 'PROVINCIAL', 'MUNICIPAL', 'COUNTY'];

/** 县级以上龙头企业: enterprises with a recognition in force on that day, once, by the highest level. */
export const enterprises = defineMeasure({
  name: 'enterprises',
  version: 1,
  title: { zh: '县级以上龙头企业', en: 'leading enterprises' },
  unit: { zh: '家', en: 'organisations' },
  definition: {
    zh: '当日认定有效的县级以上龙头企业,多级认定按最高级计一次。',
    en: 'enterprises with a recognition in force on that day, once, by the highest level.',
  },
  subject: 'enterprise',
  kinds: ['enterprise', 'recognition'],
  things: ['recognition'],
  groups: ['enterprise', 'level'],
  period: false,
  count: (day) => {
    const known = leading(day).filter((fact) => fact.attributes.level !== undefined);
    const best = [...known].sort((a, b) => RANK.indexOf(a.attributes.level ?? '') - RANK.indexOf(b.attributes.level ?? ''))[0];
    return best ? [...one([best]), { value: 1, by: [best], group: `level=${best.attributes.level}` }] : [];
  },
});
