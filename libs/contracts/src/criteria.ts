import { type Static, Type } from '@sinclair/typebox';
import { Id, Label, oneOf } from './fields.js';

export const OUTCOMES = ['MET', 'NOT_MET', 'UNKNOWN'] as const;
export type Outcome = (typeof OUTCOMES)[number];
/** Why something that a test needs is not there. NOTHING_BELOW: a rate of nobody. */
export const MISSING = ['NOT_ENTERED', 'NO_EVIDENCE', 'NOT_AS_ASKED', 'NO_FIGURE', 'NOTHING_BELOW'] as const;
/** AT_LEAST: equal to the threshold is met · AT_MOST: likewise */
export const COMPARISONS = ['AT_LEAST', 'AT_MOST'] as const;

const closed = { additionalProperties: false } as const;
export const Words = Type.Object({ zh: Label, en: Label }, closed);

const Threshold = Type.Union([
  Type.Object({ kind: Type.Literal('FIXED'), value: Type.Number() }, closed),
  /** By the village's entered profile: 村集体收入 of a community, a village, or the floor. */
  Type.Object({ kind: Type.Literal('BY_PROFILE'), input: Label, values: Type.Record(Type.String({ pattern: '^[A-Z_]{1,32}$' }), Type.Number()) }, closed),
  /** `percent` of an entered reference: 100 is the reference itself. */
  Type.Object({ kind: Type.Literal('ENTERED'), input: Label, percent: Type.Integer({ minimum: 1, maximum: 1000 }) }, closed),
]);

/** A measure of the projection, of the village; with a group whose value is entered, such as the leading product. */
const Figure = Type.Object({ measure: Id, group: Type.Optional(Type.Object({ dimension: Id, input: Label }, closed)) }, closed);

const judged = { comparison: oneOf(COMPARISONS), threshold: Threshold };
const Test = Type.Union([
  Type.Object({ kind: Type.Literal('ENTERED_NUMBER'), input: Label, unit: Words, ...judged }, closed),
  Type.Object({ kind: Type.Literal('ENTERED_YES'), input: Label }, closed),
  Type.Object({ kind: Type.Literal('FIGURE'), figure: Figure, unit: Words, ...judged }, closed),
  /** In percent; the threshold too. */
  Type.Object({ kind: Type.Literal('RATE'), numerator: Figure, denominator: Figure, ...judged }, closed),
]);

/** 评星要素: met when every one of its tests is. The weight drives the progress figure and nothing else. */
export const Criterion = Type.Object(
  { id: Label, title: Words, mandatory: Type.Boolean(), weight: Type.Integer({ minimum: 0, maximum: 1000 }), tests: Type.Array(Test, { minItems: 1, maxItems: 10 }) },
  closed,
);

const Tested = Type.Object(
  {
    outcome: oneOf(OUTCOMES),
    /** As entered or counted; a rate in percent with two decimals as text; null: unknown. */
    value: Type.Union([Type.Number(), Type.Boolean(), Type.String(), Type.Null()]),
    threshold: Type.Union([Type.Number(), Type.Null()]),
    missing: Type.Array(Type.Object({ what: Label, reason: oneOf(MISSING) }, closed)),
    entered: Type.Array(Type.Object({ input: Label, valueId: Id, value: Type.Union([Type.Number(), Type.Boolean(), Type.String()]) }, closed)),
    /** `drill` is the projection's token; `group` is `<dimension>:<value>`. */
    figures: Type.Array(Type.Object({ measure: Id, version: Type.Integer(), group: Type.Union([Type.String(), Type.Null()]), value: Type.Number(), drill: Type.String() }, closed)),
  },
  closed,
);
/** Why a criterion is met, not met or unknown: one entry for each of its tests, in their order. */
export const Explained = Type.Object({ criterion: Label, outcome: oneOf(OUTCOMES), tests: Type.Array(Tested) }, closed);

export type Words = Static<typeof Words>;
export type Threshold = Static<typeof Threshold>;
export type FigureAsked = Static<typeof Figure>;
export type CriterionTest = Static<typeof Test>;
export type Criterion = Static<typeof Criterion>;
export type Tested = Static<typeof Tested>;
export type Explained = Static<typeof Explained>;
