import type { Criterion, CriterionTest, EnteredValue, Explained, FigureAsked, Outcome, Tested, Threshold } from '#contracts';
import { percentOf } from '#standards';
import { compare, exactly, percentage, rateOf, toNumber, type Exact } from './exact.js';

/** A value in force, as entered for the village and year. */
export interface Value {
  readonly valueId: string;
  readonly value: EnteredValue;
  readonly evidence: string | null;
}
/** A figure of the village, as the projection counts it. */
export interface Figure {
  readonly value: number;
  readonly version: number;
  readonly drill: string;
}
/** All that a score rests on beside the criteria. */
export interface Inputs {
  value(input: string): Value | undefined;
  /** @param group `<dimension>:<value>` */
  figure(measure: string, group: string | null): Figure | undefined;
}
export interface Score {
  readonly result: Outcome;
  /** Weight of the criteria met, in percent of all weights, rounded down. */
  readonly progress: number;
  readonly explanation: readonly Explained[];
}

/** Collects what one test read, and what it did not find. */
class Reading {
  readonly missing: Tested['missing'] = [];
  readonly entered: Tested['entered'] = [];
  readonly figures: Tested['figures'] = [];

  constructor(private readonly inputs: Inputs) {}

  private lacks(what: string, reason: Tested['missing'][number]['reason']): null {
    this.missing.push({ what, reason });
    return null;
  }

  /** Counts only with evidence, and only when it is of the kind asked for. */
  private value<V extends EnteredValue>(input: string, fits: (value: EnteredValue) => value is V): V | null {
    const found = this.inputs.value(input);
    if (!found) return this.lacks(input, 'NOT_ENTERED');
    this.entered.push({ input, valueId: found.valueId, value: found.value });
    if (!found.evidence) return this.lacks(input, 'NO_EVIDENCE');
    return fits(found.value) ? found.value : this.lacks(input, 'NOT_AS_ASKED');
  }

  number = (input: string): number | null => this.value(input, (value) => typeof value === 'number');
  yes = (input: string): boolean | null => this.value(input, (value) => typeof value === 'boolean');
  oneOf = (input: string, fits: (text: string) => boolean): string | null => this.value(input, (value): value is string => typeof value === 'string' && fits(value));

  figure({ measure, group: by }: FigureAsked): number | null {
    const chosen = by && this.oneOf(by.input, (text) => text !== '');
    if (chosen === null) return null;
    const group = by ? `${by.dimension}:${chosen}` : null;
    const found = this.inputs.figure(measure, group);
    if (!found) return this.lacks(measure, 'NO_FIGURE');
    this.figures.push({ measure, version: found.version, group, value: found.value, drill: found.drill });
    return found.value;
  }

  threshold(threshold: Threshold): Exact | null {
    if (threshold.kind === 'FIXED') return exactly(threshold.value);
    if (threshold.kind === 'ENTERED') {
      const reference = this.number(threshold.input);
      return reference === null ? null : percentage(threshold.percent, reference);
    }
    const profile = this.oneOf(threshold.input, (text) => Object.hasOwn(threshold.values, text));
    const value = profile === null ? undefined : threshold.values[profile];
    return value === undefined ? null : exactly(value);
  }

  rate(test: Extract<CriterionTest, { kind: 'RATE' }>): { shown: string; exact: Exact } | null {
    const [over, below] = [this.figure(test.numerator), this.figure(test.denominator)];
    if (over === null || below === null) return null;
    const shown = percentOf(over, below);
    return shown === null ? this.lacks(test.denominator.measure, 'NOTHING_BELOW') : { shown, exact: rateOf(over, below) };
  }

  /** What is to be compared: as told, and exactly. */
  measured(test: Exclude<CriterionTest, { kind: 'ENTERED_YES' }>): { shown: number | string; exact: Exact } | null {
    if (test.kind === 'RATE') return this.rate(test);
    const counted = test.kind === 'FIGURE' ? this.figure(test.figure) : this.number(test.input);
    return counted === null ? null : { shown: counted, exact: exactly(counted) };
  }
}

const judge = (passes: boolean): Outcome => (passes ? 'MET' : 'NOT_MET');

type Judged = Pick<Tested, 'outcome' | 'value' | 'threshold'>;

const judgedYes = (reading: Reading, input: string): Judged => {
  const yes = reading.yes(input);
  return { outcome: yes === null ? 'UNKNOWN' : judge(yes), value: yes, threshold: null };
};

const judgedAgainst = (reading: Reading, test: Exclude<CriterionTest, { kind: 'ENTERED_YES' }>): Judged => {
  const [measured, threshold] = [reading.measured(test), reading.threshold(test.threshold)];
  const told = { value: measured?.shown ?? null, threshold: threshold && toNumber(threshold) };
  if (!measured || !threshold) return { ...told, outcome: 'UNKNOWN' };
  const difference = compare(measured.exact, threshold);
  return { ...told, outcome: judge(test.comparison === 'AT_LEAST' ? difference >= 0 : difference <= 0) };
};

const testOf = (test: CriterionTest, inputs: Inputs): Tested => {
  const reading = new Reading(inputs);
  const judged = test.kind === 'ENTERED_YES' ? judgedYes(reading, test.input) : judgedAgainst(reading, test);
  const { missing, entered, figures } = reading;
  return { ...judged, missing, entered, figures };
};

/** One that is not met decides; else one that is unknown does. */
const together = (outcomes: readonly Outcome[]): Outcome => (outcomes.includes('NOT_MET') ? 'NOT_MET' : outcomes.includes('UNKNOWN') ? 'UNKNOWN' : 'MET');

const progressOf = (criteria: readonly Criterion[], explanation: readonly Explained[]): number => {
  const all = criteria.reduce((sum, { weight }) => sum + weight, 0);
  const met = criteria.reduce((sum, { weight }, i) => sum + (explanation[i]?.outcome === 'MET' ? weight : 0), 0);
  return all === 0 ? 0 : Math.floor((met * 100) / all);
};

/** 评星: every mandatory criterion met is the star; a pure function of the criteria and what they ask for. */
export const score = (criteria: readonly Criterion[], inputs: Inputs): Score => {
  const explanation = criteria.map(({ id, tests }): Explained => {
    const tested = tests.map((test) => testOf(test, inputs));
    return { criterion: id, outcome: together(tested.map(({ outcome }) => outcome)), tests: tested };
  });
  const deciding = explanation.filter((_, i) => criteria[i]?.mandatory).map(({ outcome }) => outcome);
  return { result: together(deciding), progress: progressOf(criteria, explanation), explanation };
};
