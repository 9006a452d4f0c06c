import { EVERYONE } from '#contracts';
import { defineQuery } from '#service-kit';
import { RATES } from '../measures/index.js';
import { figureAnswer } from './answer.js';
import { RateInput } from './input.js';
import { questionOf } from './question.js';
import { percentage } from './rate.js';
import { noSuchDenominator, noSuchRate } from './refusals.js';
import { totalOf } from './sums.js';

/** 比率: two figures over the same region and day; the numerator counts only subjects of the denominator. */
export const rate = defineQuery({
  name: 'rate',
  title: { zh: '比率', en: 'A rate' },
  input: RateInput,
  example: { rate: 'cooperative-binding-rate', region: '410308103', asOf: '2022-07-18' },
  may: { roles: EVERYONE },
  run: async (context) => {
    const { input } = context;
    const asked = RATES.find(({ name }) => name === input.rate);
    if (!asked) throw noSuchRate(input.rate);
    const named = Object.keys(asked.denominators);
    const profile = input.denominator ?? named[0] ?? '';
    const pair = asked.denominators[profile];
    if (!pair) throw noSuchDenominator(named);
    const [over, under] = [await questionOf(context, { ...input, measure: pair.numerator }), await questionOf(context, { ...input, measure: pair.denominator })];
    const [numerator, denominator] = [figureAnswer(over, await totalOf(over)), figureAnswer(under, await totalOf(under))];
    const { name, version, title, definition } = asked;
    return { rate: name, definition: { name, version, title, text: definition }, denominatorProfile: profile, percent: percentage(numerator.value, denominator.value), numerator, denominator };
  },
});
