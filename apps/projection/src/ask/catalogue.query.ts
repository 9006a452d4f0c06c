import { EVERYONE } from '#contracts';
import { defineQuery } from '#service-kit';
import { MEASURES, RATES } from '../measures/index.js';
import { CatalogueInput } from './input.js';

/** 指标目录: every figure and rate with its definition. */
export const catalogue = defineQuery({
  name: 'figures',
  title: { zh: '指标目录', en: 'The catalogue of figures' },
  input: CatalogueInput,
  example: {},
  may: { roles: EVERYONE },
  run: async ({ input }) => {
    const asked = <T extends { name: string }>(all: readonly T[]): T[] => all.filter(({ name }) => input.name === undefined || name === input.name);
    return {
      figures: asked(MEASURES).map(({ name, version, title, unit, definition, subject, groups, period }) => ({ name, version, title, unit, definition, subject, period, dimensions: ['regions', 'village', ...groups] })),
      rates: asked(RATES).map(({ name, version, title, definition, denominators }) => ({ name, version, title, definition, denominators })),
    };
  },
});
