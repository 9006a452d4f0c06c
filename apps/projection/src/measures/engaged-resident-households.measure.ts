import { engaged, resident } from '../ledger/counting.js';
import { defineMeasure } from '../ledger/measure.js';

/** 常住从业农户: resident households that are engaged in the product. */
export const engagedResidentHouseholds = defineMeasure({
  name: 'engaged-resident-households',
  version: 1,
  title: { zh: '常住从业农户', en: 'resident households engaged in a product' },
  unit: { zh: '户', en: 'households' },
  definition: {
    zh: '常住户中从事该产品的农户。',
    en: 'resident households that are engaged in the product.',
  },
  subject: 'household',
  kinds: ['home', 'standing', 'binding', 'claim', 'registration', 'products', 'planting'],
  things: ['claim', 'planting', 'binding'],
  groups: ['cooperative', 'product'],
  period: false,
  count: (day) => {
    const standing = resident(day);
    const products = standing ? [...engaged(day)] : [];
    return standing && products.length ? [{ value: 1, by: [standing, ...products.flatMap(([, by]) => by)] }, ...products.map(([product, by]) => ({ value: 1, by: [standing, ...by], group: `product=${product}` }))] : [];
  },
});
