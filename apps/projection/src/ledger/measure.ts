import type { Text } from '#decider';
import type { Day } from './day.js';
import type { Dimension, Kind, SubjectKind, Version } from './types.js';

/** What a subject counts for, and the facts that made it. */
export interface Count {
  readonly value: number;
  readonly by: readonly Version[];
  /** The day that must lie in the period asked for; period figures only. */
  readonly cohort?: number;
  /** `dimension=value` where the measure itself tells groups apart. */
  readonly group?: string;
}

/**
 * A figure: what one subject counts for, from the facts in force on one day. Everything else (adding up, both clocks, the
 * tree, groups, drill, grants) is the machine's.
 */
export interface Measure {
  readonly name: string;
  /** A changed definition is a new version beside the old one. */
  readonly version: number;
  readonly title: Text;
  /** `亩/100`, `户`, `人`, `家`, `克`, `份`, `个` */
  readonly unit: Text;
  readonly definition: Text;
  readonly subject: SubjectKind;
  /** Kinds of facts it reads. */
  readonly kinds: readonly Kind[];
  /** Of these, what makes a subject count: the left-out list tells of each. The others say of whom, where and through whom. */
  readonly things: readonly Kind[];
  readonly groups: readonly Dimension[];
  /** True: lines carry a cohort day, and a figure takes those in [from, asOf]. */
  readonly period: boolean;
  count(day: Day): readonly Count[];
}

export const defineMeasure = (measure: Measure): Measure => measure;

/** Counts one when there is a reason. */
export const one = (by: readonly Version[] | null | undefined): readonly Count[] => (by && by.length ? [{ value: 1, by }] : []);

/** Two figures: the numerator counts only subjects of the denominator. */
export interface Rate {
  readonly name: string;
  readonly version: number;
  readonly title: Text;
  readonly definition: Text;
  /** Named pairs; the first is the default. */
  readonly denominators: Readonly<Record<string, { readonly numerator: string; readonly denominator: string }>>;
}
