import { chainLinks, contractOf } from '../ledger/counting.js';
import { defineMeasure, one } from '../ledger/measure.js';

/** 有名无实合作社: registered cooperatives bound to a recognised enterprise, without a contract in that calendar year with any such enterprise. */
export const nominalCooperatives = defineMeasure({
  name: 'nominal-cooperatives',
  version: 1,
  title: { zh: '有名无实合作社', en: 'nominally bound cooperatives' },
  unit: { zh: '家', en: 'organisations' },
  definition: {
    zh: '绑定了有效认定的龙头企业、但当年与所绑定的龙头企业都没有合同的合作社。',
    en: 'registered cooperatives bound to a recognised enterprise, without a contract in that calendar year with any such enterprise.',
  },
  subject: 'cooperative',
  kinds: ['registration', 'seat', 'link', 'enterprise', 'recognition', 'contract'],
  things: ['registration', 'link'],
  groups: ['enterprise'],
  period: false,
  count: (day) => {
    const links = chainLinks(day);
    return links.length && day.of('registration').length && !links.some((link) => contractOf(day, link)) ? one(links) : [];
  },
});
