import { EVERYONE } from '#contracts';
import { defineQuery } from '#service-kit';
import { figureAnswer, partOf } from './answer.js';
import { BreakdownInput } from './input.js';
import { questionOf, type Question } from './question.js';
import { noSuchGroup } from './refusals.js';
import { type Depth, partsByUnit } from './parts.js';
import { byGroupOf, totalOf } from './sums.js';
import { NO_UNIT } from './token.js';

export interface Part {
  readonly key: string;
  /** Of a region. */
  readonly id?: string;
  readonly name: string | null;
  readonly value: number;
  readonly drill: string;
}
interface Apart {
  readonly parts: readonly Part[];
  readonly total: number;
  readonly addsUp: boolean;
}

/** Key and name are those the unit has on asOf; what lay in no unit on its day is a part without a key. */
const byUnits = async (question: Question, depth: Depth): Promise<Apart> => {
  const { parts, nowhere } = await partsByUnit(question, depth);
  const told = parts.map(({ unit, within, value }): Part => ({ key: unit.code, id: unit.id, name: unit.name, ...partOf(question, { region: unit.id, within }, value) }));
  const outside: Part[] = nowhere === 0 ? [] : [{ key: '', name: null, ...partOf(question, { within: NO_UNIT }, nowhere) }];
  const all = [...told, ...outside];
  return { parts: all, total: all.reduce((sum, { value }) => sum + value, 0), addsUp: true };
};

const partsByGroup = async (question: Question, dimension: string): Promise<Part[]> => {
  const sums = await byGroupOf(question, dimension);
  return [...sums].sort(([a], [b]) => a.localeCompare(b)).map(([value, n]) => ({ key: value, name: null, ...partOf(question, { group: `${dimension}=${value}` }, n) }));
};

const told = async (question: Question, dimension: string): Promise<Apart> => {
  if (dimension === 'regions' || dimension === 'village') return byUnits(question, dimension);
  const { groups } = question.measure;
  if (question.key.group !== '' || !(groups as readonly string[]).includes(dimension)) throw noSuchGroup(dimension, ['regions', 'village', ...(question.key.group === '' ? groups : [])]);
  return { parts: await partsByGroup(question, dimension), total: await totalOf(question), addsUp: false };
};

/** 分组: the same figure by the units below, by village, or by a group. Groups are unions: only regions add up to the total. */
export const breakdown = defineQuery({
  name: 'figure-by',
  title: { zh: '指标分组', en: 'A figure, told apart' },
  input: BreakdownInput,
  example: { measure: 'base-area', dimension: 'village', region: '410308103', asOf: '2022-07-18' },
  may: { roles: EVERYONE },
  run: async (context) => {
    const question = await questionOf(context, context.input);
    const { dimension } = context.input;
    const { parts, total, addsUp } = await told(question, dimension);
    return { ...figureAnswer(question, total), dimension, addsUp, parts };
  },
});
