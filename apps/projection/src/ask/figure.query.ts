import { EVERYONE } from '#contracts';
import { defineQuery } from '#service-kit';
import { figureAnswer } from './answer.js';
import { FigureInput } from './input.js';
import { questionOf } from './question.js';
import { totalOf } from './sums.js';

/** 指标: one figure, with all that says what it is. */
export const figure = defineQuery({
  name: 'figure',
  title: { zh: '指标', en: 'A figure' },
  input: FigureInput,
  example: { measure: 'base-area', region: '410308103', asOf: '2022-07-18' },
  may: { roles: EVERYONE },
  run: async (context) => {
    const question = await questionOf(context, context.input);
    return figureAnswer(question, await totalOf(question));
  },
});
