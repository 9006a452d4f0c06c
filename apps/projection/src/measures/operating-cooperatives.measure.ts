import { operating } from '../ledger/counting.js';
import { defineMeasure, one } from '../ledger/measure.js';

/** 正常经营合作社: cooperatives registered and not abnormal, revoked or a shell on that day. */
export const operatingCooperatives = defineMeasure({
  name: 'operating-cooperatives',
  version: 1,
  title: { zh: '正常经营合作社', en: 'cooperatives in normal operation' },
  unit: { zh: '家', en: 'organisations' },
  definition: {
    zh: '当日登记且未列经营异常、吊销、空壳的合作社。',
    en: 'cooperatives registered and not abnormal, revoked or a shell on that day.',
  },
  subject: 'cooperative',
  kinds: ['registration', 'seat', 'operation'],
  things: ['registration'],
  groups: ['enterprise'],
  period: false,
  count: (day) => one(operating(day)),
});
