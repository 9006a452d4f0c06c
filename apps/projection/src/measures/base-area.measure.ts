import { claims } from '../ledger/counting.js';
import { defineMeasure } from '../ledger/measure.js';

/** 基地面积: parcels with at least one claim of a counting binding on that day, each once and whole. */
export const baseArea = defineMeasure({
  name: 'base-area',
  version: 1,
  title: { zh: '基地面积', en: 'base area' },
  unit: { zh: '亩/100', en: '0.01 mu' },
  definition: {
    zh: '当日至少有一项有效绑定认领的地块面积,每块地整块计一次。',
    en: 'parcels with at least one claim of a counting binding on that day, each once and whole.',
  },
  subject: 'parcel',
  kinds: ['land', 'claim', 'binding', 'registration'],
  things: ['claim'],
  groups: ['cooperative', 'enterprise', 'crop', 'linkage'],
  period: false,
  count: (day) => {
    const land = day.of('land')[0];
    return land && claims(day).length ? [{ value: land.attributes.area ?? 0, by: [land, ...claims(day).slice(0, 1)] }] : [];
  },
});
