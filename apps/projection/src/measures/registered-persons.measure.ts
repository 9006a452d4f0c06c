import { members } from '../ledger/counting.js';
import { defineMeasure } from '../ledger/measure.js';

/** 登记人口: members of the households registered on that day. */
export const registeredPersons = defineMeasure({
  name: 'registered-persons',
  version: 1,
  title: { zh: '登记人口', en: 'persons registered' },
  unit: { zh: '人', en: 'persons' },
  definition: {
    zh: '当日登记农户的家庭成员数。',
    en: 'members of the households registered on that day.',
  },
  subject: 'household',
  kinds: ['home', 'member'],
  things: [],
  groups: [],
  period: false,
  count: (day) => (members(day).length ? [{ value: members(day).length, by: members(day) }] : []),
});
