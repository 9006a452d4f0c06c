import { evaluateMeasure, type Moment } from '../ledger/evaluate.js';
import { type LeftOut, leftOutOf, REASONS } from '../ledger/left-out.js';
import type { Measure } from '../ledger/measure.js';
import type { Entry, FactIndex, Subject } from '../ledger/types.js';
import { MEASURES } from '../measures/index.js';

export { REASONS, type LeftOut, type Moment };

/** What the figure machine must answer about one subject. */
export interface Machine {
  readonly measures: ReadonlyMap<string, Measure>;
  evaluate(measure: string, subject: Subject, facts: FactIndex, moment: Moment): readonly Entry[];
  leftOut(asked: { measure: string; group: string; from: number | null }, subject: Subject, facts: FactIndex, moment: Moment): readonly LeftOut[];
}

const measures = new Map(MEASURES.map((measure) => [measure.name, measure]));
const named = (name: string): Measure => {
  const measure = measures.get(name);
  if (!measure) throw new RangeError(`no measure ${name}`);
  return measure;
};

export const MACHINE: Machine = {
  measures,
  evaluate: (measure, subject, facts, moment) => evaluateMeasure(named(measure), subject, facts, moment),
  leftOut: ({ measure, group, from }, subject, facts, moment) => leftOutOf({ measure: named(measure), group, from }, subject, facts, moment),
};
