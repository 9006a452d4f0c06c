import type { Criterion, CriterionTest, Explained, Words } from '#contracts';
import type { Value } from '../scoring/score.js';

const PERCENT: Words = { zh: '%', en: '%' };
const unitOf = (test: CriterionTest | undefined): Words | null => {
  if (!test || test.kind === 'ENTERED_YES') return null;
  return test.kind === 'RATE' ? PERCENT : test.unit;
};
const comparisonOf = (test: CriterionTest | undefined): string | null => (test && 'comparison' in test ? test.comparison : null);

export const drillOf = (token: string): string => `/projection/drill?token=${token}`;

type Values = ReadonlyMap<string, Value> | undefined;

/** The explanation for people: beside the criteria it explains, with evidence, and with links that open each figure. */
export const told = (criteria: readonly Criterion[], explanation: readonly Explained[], values?: Values) =>
  explanation.map(({ criterion: id, outcome, tests }) => {
    const criterion = criteria.find((one) => one.id === id);
    return {
      id, title: criterion?.title ?? null, mandatory: criterion?.mandatory ?? null, weight: criterion?.weight ?? null, outcome,
      tests: tests.map(({ entered, figures, ...test }, i) => ({
        ...test, unit: unitOf(criterion?.tests[i]), comparison: comparisonOf(criterion?.tests[i]),
        entered: entered.map((one) => ({ ...one, ...(values ? { evidence: values.get(one.input)?.evidence ?? null } : {}) })),
        figures: figures.map((one) => ({ ...one, drill: drillOf(one.drill) })),
      })),
    };
  });

/** Criteria not met, and unknown ones, by their ids. */
export const openCriteria = (explanation: readonly Explained[]): { unmet: string[]; unknown: string[] } => {
  const of = (outcome: string) => explanation.filter((one) => one.outcome === outcome).map(({ criterion }) => criterion);
  return { unmet: of('NOT_MET'), unknown: of('UNKNOWN') };
};
