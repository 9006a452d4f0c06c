import { claims } from '../ledger/counting.js';
import { defineMeasure } from '../ledger/measure.js';

/** 争议面积: parcels claimed through two or more cooperatives on one day, counted once and listed. */
export const conflictArea = defineMeasure({
  name: 'conflict-area',
  version: 1,
  title: { zh: '争议面积', en: 'area in conflict' },
  unit: { zh: '亩/100', en: '0.01 mu' },
  definition: {
    zh: '同日被两家以上合作社的有效绑定认领的地块面积,计一次并列入清单。',
    en: 'parcels claimed through two or more cooperatives on one day, counted once and listed.',
  },
  subject: 'parcel',
  kinds: ['land', 'claim', 'binding', 'registration'],
  things: ['claim'],
  groups: ['crop'],
  period: false,
  count: (day) => {
    const land = day.of('land')[0];
    const cooperatives = new Set(claims(day).map((claim) => claim.attributes.cooperativeId));
    return land && cooperatives.size > 1 ? [{ value: land.attributes.area ?? 0, by: [land, ...claims(day)] }] : [];
  },
});
