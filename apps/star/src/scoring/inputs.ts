import type { Criterion, CriterionTest, EnteredValue, FigureAsked, Threshold } from '#contracts';

/** What a sheet asks to be entered under a name. */
export type InputKind = 'NUMBER' | 'YES' | 'TEXT' | readonly string[];

const ofThreshold = (threshold: Threshold): [string, InputKind][] => {
  if (threshold.kind === 'BY_PROFILE') return [[threshold.input, Object.keys(threshold.values)]];
  return threshold.kind === 'ENTERED' ? [[threshold.input, 'NUMBER']] : [];
};
export const figuresIn = (test: CriterionTest): readonly FigureAsked[] => {
  if (test.kind === 'FIGURE') return [test.figure];
  return test.kind === 'RATE' ? [test.numerator, test.denominator] : [];
};
const ofTest = (test: CriterionTest): [string, InputKind][] => {
  if (test.kind === 'ENTERED_YES') return [[test.input, 'YES']];
  const own: [string, InputKind][] = test.kind === 'ENTERED_NUMBER' ? [[test.input, 'NUMBER']] : [];
  const groups = figuresIn(test).flatMap(({ group }): [string, InputKind][] => (group ? [[group.input, 'TEXT']] : []));
  return [...own, ...groups, ...ofThreshold(test.threshold)];
};

const asked = (criteria: readonly Criterion[]): [string, InputKind][] => criteria.flatMap(({ tests }) => tests.flatMap(ofTest));
/** Everything that criteria ask to be entered, by name. */
export const inputsOf = (criteria: readonly Criterion[]): ReadonlyMap<string, InputKind> => new Map(asked(criteria));
/** An input asked for as two kinds, which could never be entered. */
export const contradiction = (criteria: readonly Criterion[]): string | undefined => {
  const kinds = inputsOf(criteria);
  return asked(criteria).find(([input, kind]) => JSON.stringify(kinds.get(input)) !== JSON.stringify(kind))?.[0];
};

export const fits = (value: EnteredValue, kind: InputKind): boolean => {
  if (kind === 'NUMBER') return typeof value === 'number';
  if (kind === 'YES') return typeof value === 'boolean';
  return typeof value === 'string' && value !== '' && (kind === 'TEXT' || kind.includes(value));
};
