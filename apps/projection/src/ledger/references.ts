import type { FactIndex, Kind, Query, Ref, RefKind, Subject, SubjectKind, Version } from './types.js';
import { SUBJECT_KINDS } from './types.js';

type Naming = readonly (readonly [RefKind, (version: Version) => string | null | undefined])[];

const itself = (kind: RefKind): Naming => [[kind, (v) => v.subject]];
const COOPERATIVE: Naming[number] = ['cooperative', (v) => v.attributes.cooperativeId];
const ENTERPRISE: Naming[number] = ['enterprise', (v) => v.attributes.enterpriseId];
const HOUSEHOLD: Naming[number] = ['household', (v) => v.attributes.householdId];

/** The things by which facts of each kind are found. */
const NAMES: Readonly<Record<Kind, Naming>> = {
  home: itself('household'),
  standing: itself('household'),
  member: [...itself('person'), HOUSEHOLD],
  land: itself('parcel'),
  planting: [...itself('parcel'), HOUSEHOLD],
  registration: itself('cooperative'),
  seat: itself('cooperative'),
  operation: itself('cooperative'),
  products: itself('cooperative'),
  binding: [['binding', (v) => v.key], HOUSEHOLD, COOPERATIVE],
  claim: [...itself('parcel'), ['binding', (v) => v.attributes.bindingId]],
  enterprise: itself('enterprise'),
  recognition: itself('enterprise'),
  link: [COOPERATIVE, ENTERPRISE],
  contract: [...itself('contract'), COOPERATIVE],
  line: [...itself('contract'), COOPERATIVE],
  delivery: [...itself('contract'), COOPERATIVE],
  region: itself('region'),
};

/** What a version names. */
export const refsOf = (version: Version): Ref[] =>
  NAMES[version.kind].flatMap(([kind, id]) => {
    const named = id(version);
    return named ? [{ kind, id: named }] : [];
  });

/** One step from what is found to what is needed: `kinds` about the things of kind `ref` that facts of the kinds `of` name. */
export interface Step {
  readonly ref: RefKind;
  /** Empty: the subject itself. */
  readonly of: readonly Kind[];
  readonly kinds: readonly Kind[];
}

/** The facts a subject's measures need, in steps; a step starts from the facts of the steps before it. */
export const REQUIRES: Readonly<Record<SubjectKind, readonly Step[]>> = {
  household: [
    { ref: 'household', of: [], kinds: ['home', 'standing', 'member', 'binding', 'planting'] },
    { ref: 'person', of: ['member'], kinds: ['member'] },
    { ref: 'binding', of: ['binding'], kinds: ['claim'] },
    { ref: 'cooperative', of: ['binding'], kinds: ['registration', 'products', 'link', 'contract'] },
    { ref: 'enterprise', of: ['link'], kinds: ['enterprise', 'recognition'] },
  ],
  parcel: [
    { ref: 'parcel', of: [], kinds: ['land', 'claim', 'planting'] },
    { ref: 'binding', of: ['claim'], kinds: ['binding'] },
    { ref: 'cooperative', of: ['binding'], kinds: ['registration', 'link'] },
  ],
  cooperative: [
    { ref: 'cooperative', of: [], kinds: ['registration', 'seat', 'operation', 'link', 'contract'] },
    { ref: 'enterprise', of: ['link'], kinds: ['enterprise', 'recognition'] },
  ],
  enterprise: [{ ref: 'enterprise', of: [], kinds: ['enterprise', 'recognition', 'link'] }],
  contract: [
    { ref: 'contract', of: [], kinds: ['contract', 'line', 'delivery'] },
    { ref: 'cooperative', of: ['contract', 'line', 'delivery'], kinds: ['seat'] },
  ],
  village: [{ ref: 'region', of: [], kinds: ['region'] }],
};

const ROOT_REF: Readonly<Record<SubjectKind, RefKind>> = {
  household: 'household', parcel: 'parcel', cooperative: 'cooperative', enterprise: 'enterprise', contract: 'contract', village: 'region',
};
const nameOf = ({ kind, id }: { kind: string; id: string }): string => `${kind}:${id}`;

const namedBy = (versions: readonly Version[], kind: RefKind): Ref[] => {
  const found = new Map<string, Ref>();
  for (const version of versions) for (const ref of refsOf(version)) if (ref.kind === kind) found.set(ref.id, ref);
  return [...found.values()];
};

/**
 * Work that asks for facts in rounds: the same rules run on SQL (one query a round, for the whole batch) and in memory.
 * Drive it with `next(versions)`, or with `answered` where everything is at hand.
 */
export type Asking<T> = Generator<Query, T, readonly Version[]>;

export const answered = <T>(asking: Asking<T>, index: FactIndex): T => {
  let step = asking.next();
  while (!step.done) step = asking.next(index.about(step.value));
  return step.value;
};

const isOf = (kinds: readonly Kind[]) => (version: Version) => kinds.includes(version.kind);

/** Every version that the measures of these subjects of one kind need; a version found twice comes once. */
export function* needed(kind: SubjectKind, ids: readonly string[]): Asking<Version[]> {
  const found = new Map<string, Version>();
  for (const step of REQUIRES[kind]) {
    const start = [...found.values()].filter(isOf(step.of));
    const refs = step.of.length === 0 ? ids.map((id) => ({ kind: ROOT_REF[kind], id })) : namedBy(start, step.ref);
    if (refs.length > 0) for (const version of yield { refs, kinds: step.kinds }) found.set(version.eventId, version);
  }
  return [...found.values()];
}

/** From facts that a subject kind's step has found back to the subjects that start it. */
function* upward(kind: SubjectKind, step: Step, versions: readonly Version[]): Asking<Subject[]> {
  const refs = namedBy(versions, step.ref);
  if (refs.length === 0) return [];
  if (step.of.length === 0) return refs.map(({ id }) => ({ kind, id }));
  const above = yield { refs, kinds: step.of };
  const subjects: Subject[] = [];
  for (const earlier of REQUIRES[kind]) {
    if (earlier === step) break;
    const theirs = above.filter(isOf(earlier.kinds));
    if (theirs.length > 0) subjects.push(...(yield* upward(kind, earlier, theirs)));
  }
  return subjects;
}

/**
 * Every subject that these versions touch: those that any version of the same facts ever named, and those linked to them.
 * The index asked must hold the versions themselves already.
 */
export function* touched(versions: readonly Version[]): Asking<Subject[]> {
  const kinds = [...new Set(versions.map((version) => version.kind))];
  const facts = new Set(versions.map((version) => `${version.kind} ${version.key}`));
  const refs = new Map(versions.flatMap(refsOf).map((ref) => [nameOf(ref), ref]));
  const related = yield { refs: [...refs.values()], kinds };
  const ever = related.filter((version) => facts.has(`${version.kind} ${version.key}`));
  const found = new Map<string, Subject>();
  for (const kind of SUBJECT_KINDS)
    for (const step of REQUIRES[kind]) {
      const theirs = ever.filter(isOf(step.kinds));
      if (theirs.length > 0) for (const subject of yield* upward(kind, step, theirs)) found.set(nameOf(subject), subject);
    }
  return [...found.values()];
}
