import { engaged } from '../ledger/counting.js';
import { defineMeasure } from '../ledger/measure.js';

/** 主导产业从业农户: households that claim land for the product by a counting binding, labour for a cooperative that makes it, or sowed it in that calendar year. */
export const engagedHouseholds = defineMeasure({
  name: 'engaged-households',
  version: 1,
  title: { zh: '主导产业从业农户', en: 'households engaged in a product' },
  unit: { zh: '户', en: 'households' },
  definition: {
    zh: '当日以有效绑定认领该产品用地、或在经营该产品的合作社有效务工、或当年播种该产品的农户。',
    en: 'households that claim land for the product by a counting binding, labour for a cooperative that makes it, or sowed it in that calendar year.',
  },
  subject: 'household',
  kinds: ['home', 'binding', 'claim', 'registration', 'products', 'planting'],
  things: ['claim', 'planting', 'binding'],
  groups: ['cooperative', 'product'],
  period: false,
  count: (day) => {
    const products = [...engaged(day)];
    return products.length ? [{ value: 1, by: products.flatMap(([, by]) => by) }, ...products.map(([product, by]) => ({ value: 1, by, group: `product=${product}` }))] : [];
  },
});
