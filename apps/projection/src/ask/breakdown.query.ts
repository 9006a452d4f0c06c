import { EVERYONE } from '#contracts';
import { defineQuery } from '#service-kit';
import { figureAnswer, partOf } from './answer.js';
import { BreakdownInput } from './input.js';
import { questionOf, type Question } from './question.js';
import { noSuchGroup } from './refusals.js';
import { byGroupOf, byVillageOf, totalOf } from './sums.js';
import type { Unit } from './tree.js';

export interface Part {
  readonly key: string;
  /** Of a region. */
  readonly id?: string;
  readonly name: string | null;
  readonly value: number;
  readonly drill: string;
}

const partsByRegion = async (question: Question, units: readonly Unit[]): Promise<Part[]> => {
  const sums = await byVillageOf(question);
  const { tree } = question.ledger;
  return units.map((unit) => {
    // A period figure stands in the village of its cohort day, which may have left the unit since.
    const within = (village: string): boolean => tree.within(village, unit.id, question.key.asOf);
    const value = unit.level === 'VILLAGE' ? (sums.get(unit.id) ?? 0) : [...sums].reduce((sum, [village, n]) => (within(village) ? sum + n : sum), 0);
    return { key: unit.code, id: unit.id, name: unit.name, ...partOf(question, { region: unit.id }, value) };
  });
};

const unitsBelow = ({ key, ledger: { tree } }: Question): readonly Unit[] => (key.region === null ? tree.roots(key.asOf) : tree.children(key.region, key.asOf));

const villagesBelow = ({ key, ledger: { tree } }: Question): readonly Unit[] => {
  const roots = key.region === null ? tree.roots(key.asOf).map(({ id }) => id) : [key.region];
  return roots.flatMap((root) => tree.villages(root, key.asOf)).flatMap((id) => tree.unit(id, key.asOf) ?? []);
};

const partsByGroup = async (question: Question, dimension: string): Promise<Part[]> => {
  const sums = await byGroupOf(question, dimension);
  return [...sums].sort(([a], [b]) => a.localeCompare(b)).map(([value, n]) => ({ key: value, name: null, ...partOf(question, { group: `${dimension}=${value}` }, n) }));
};

const partsOf = (question: Question, dimension: string): Promise<Part[]> => {
  if (dimension === 'regions') return partsByRegion(question, unitsBelow(question));
  if (dimension === 'village') return partsByRegion(question, villagesBelow(question));
  const { groups } = question.measure;
  if (question.key.group !== '' || !(groups as readonly string[]).includes(dimension)) throw noSuchGroup(dimension, ['regions', 'village', ...(question.key.group === '' ? groups : [])]);
  return partsByGroup(question, dimension);
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
    const [parts, total] = [await partsOf(question, dimension), await totalOf(question)];
    return { ...figureAnswer(question, total), dimension, addsUp: dimension === 'regions' || dimension === 'village', parts };
  },
});
