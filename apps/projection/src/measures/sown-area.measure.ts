import { claims } from '../ledger/counting.js';
import { defineMeasure } from '../ledger/measure.js';

/** 播种面积: sown in the period on land that a counting binding claimed on the day of sowing, each crop cycle once. */
export const sownArea = defineMeasure({
  name: 'sown-area',
  version: 1,
  title: { zh: '播种面积', en: 'sown area' },
  unit: { zh: '亩/100', en: '0.01 mu' },
  definition: {
    zh: '统计期内在有效绑定认领的地块上播种的面积,每茬计一次;以播种日的认领为准。',
    en: 'sown in the period on land that a counting binding claimed on the day of sowing, each crop cycle once.',
  },
  subject: 'parcel',
  kinds: ['land', 'planting', 'claim', 'binding', 'registration'],
  things: ['planting'],
  groups: ['cooperative', 'enterprise', 'crop', 'linkage'],
  period: true,
  count: (day) =>
    day.of('planting').flatMap((planting) => {
      const claim = claims(day.on(planting.from))[0];
      return claim ? [{ value: planting.attributes.area ?? 0, by: [planting, claim], cohort: planting.from }] : [];
    }),
});
