import { chainLinks, operating, recognitionOf } from '../ledger/counting.js';
import { defineMeasure, one } from '../ledger/measure.js';

/** 已绑定合作社: cooperatives in normal operation that are bound to an enterprise recognised on that day. */
export const boundCooperatives = defineMeasure({
  name: 'bound-cooperatives',
  version: 1,
  title: { zh: '已绑定合作社', en: 'bound cooperatives' },
  unit: { zh: '家', en: 'organisations' },
  definition: {
    zh: '正常经营且当日绑定有效认定龙头企业的合作社。',
    en: 'cooperatives in normal operation that are bound to an enterprise recognised on that day.',
  },
  subject: 'cooperative',
  kinds: ['registration', 'seat', 'operation', 'link', 'enterprise', 'recognition'],
  things: ['registration', 'link'],
  groups: ['enterprise'],
  period: false,
  count: (day) => {
    const normal = operating(day);
    const link = chainLinks(day)[0];
    const recognition = link && recognitionOf(day, link);
    return normal && link && recognition ? one([...normal, link, recognition]) : [];
  },
});
