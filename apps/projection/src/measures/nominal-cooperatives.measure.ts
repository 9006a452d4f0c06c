import { chainLinks, contractOf } from '../ledger/counting.js';
import { defineMeasure, one } from '../ledger/measure.js';

/** 有名无实合作社: bound cooperatives without any contract in that calendar year. */
export const nominalCooperatives = defineMeasure({
  name: 'nominal-cooperatives',
  version: 1,
  title: { zh: '有名无实合作社', en: 'nominally bound cooperatives' },
  unit: { zh: '家', en: 'organisations' },
  definition: {
    zh: '已绑定龙头企业但当年没有任何合同的合作社。',
    en: 'bound cooperatives without any contract in that calendar year.',
  },
  subject: 'cooperative',
  kinds: ['registration', 'seat', 'link', 'recognition', 'contract'],
  groups: ['enterprise'],
  period: false,
  count: (day) => {
    const links = chainLinks(day);
    return links.length && day.of('registration').length && !links.some((link) => contractOf(day, link)) ? one(links) : [];
  },
});
