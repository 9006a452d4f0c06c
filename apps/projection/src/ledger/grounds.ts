import type { Measure } from './measure.js';
import { type Dimension, type Kind, KINDS, type SubjectKind } from './types.js';

/** Kinds of facts as a set of bits. */
export type Kinds = number;
export const EVERY_KIND: Kinds = -1;

const BITS: ReadonlyMap<Kind, Kinds> = new Map(KINDS.map((kind, i) => [kind, 1 << i]));
export const kindsOf = (facts: Iterable<{ readonly kind: Kind }>): Kinds => {
  let bits = 0;
  for (const { kind } of facts) bits |= BITS.get(kind) ?? 0;
  return bits;
};
export const kindOf = (kind: Kind): Kinds => BITS.get(kind) ?? 0;
const setOf = (...kinds: readonly Kind[]): Kinds => kinds.reduce((bits, kind) => bits | kindOf(kind), 0);

/** What says where a subject stands. */
const PLACING: Readonly<Record<SubjectKind, Kinds>> = {
  household: setOf('home'),
  parcel: setOf('land'),
  cooperative: setOf('seat'),
  enterprise: setOf('enterprise'),
  contract: setOf('seat', 'line', 'contract', 'delivery'),
  village: 0,
};
const RELATIONS = setOf('binding', 'claim', 'link', 'contract', 'line', 'delivery', 'registration', 'planting');
/**
 * What decides which of a household's or a parcel's facts fit a group. Contracts and plantings may name one as well, but where
 * nothing else does, nothing is left in it to be counted by a measure that does not read them.
 */
const NAMING: Readonly<Record<Dimension, Kinds>> = {
  cooperative: setOf('binding', 'claim'),
  enterprise: setOf('binding', 'claim', 'link'),
  linkage: setOf('binding', 'claim'),
  crop: setOf('claim'),
  product: 0,
  level: 0,
};

const namingOf = ({ subject, groups }: Measure): Kinds => {
  if (groups.length === 0) return 0;
  return subject === 'household' || subject === 'parcel' ? groups.reduce((bits, dimension) => bits | NAMING[dimension], 0) : RELATIONS;
};

/** What an organisation's grant reaches a subject by. An organisation is reached as itself. */
export const REACHING: Readonly<Record<SubjectKind, readonly Kind[]>> = {
  household: ['binding'],
  parcel: ['claim'],
  contract: ['contract', 'line', 'delivery'],
  cooperative: ['registration', 'link'],
  enterprise: ['enterprise', 'link'],
  village: [],
};

/** Kinds of facts that can move a measure, whether it says so or not: what it reads, what places its subject, what names its groups. */
export const groundsOf = (measure: Measure): Kinds => setOf(...measure.kinds) | PLACING[measure.subject] | namingOf(measure);

/** Kinds of facts that have to be at hand to count by a measure, in total or in its groups too, for whoever asks. */
export const kindsFor = (measure: Measure, inGroups: boolean): ReadonlySet<Kind> => {
  const naming = inGroups ? namingOf(measure) : 0;
  // Through links a grant on an enterprise reaches what is its cooperatives'.
  const needed = setOf(...measure.kinds, ...REACHING[measure.subject], 'link') | PLACING[measure.subject] | naming;
  return new Set(KINDS.filter((kind) => (kindOf(kind) & needed) !== 0));
};
