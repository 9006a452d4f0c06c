import { villageOf } from '../ledger/place.js';
import { evaluateMeasure, lookAt, type Look, type Moment, type Wanted } from '../ledger/evaluate.js';
import { kindsFor, REACHING } from '../ledger/grounds.js';
import type { Entry, FactIndex, Filter, Kind, Subject, SubjectKind } from '../ledger/types.js';
import { loadFacts } from '../store/load.js';
import { placing } from '../store/places.js';
import type { Ledger } from './context.js';
import { liesIn, type Question } from './question.js';

/** Subjects worked at once. */
const CHUNK = 1000;

/** A subject that an organisation's grant reaches, and what it counts for through it. */
export interface Seen {
  readonly subject: Subject;
  readonly entry: Entry;
}

/** What a grant on organisations shows; null when the caller has none, or sees everything anyway. */
const filterOf = ({ scope }: Ledger): Filter | null =>
  scope.everywhere || scope.cooperatives.size + scope.enterprises.size === 0 ? null : { cooperatives: scope.cooperatives, enterprises: scope.enterprises };

/** The granted cooperatives, and those ever linked to a granted enterprise. */
const cooperativesOf = ({ scope, organisations }: Ledger): string[] => {
  const linked = [...scope.enterprises].flatMap((id) => organisations.about({ kind: 'enterprise', id }, ['link']).map(({ attributes }) => attributes.cooperativeId ?? ''));
  return [...new Set([...scope.cooperatives, ...linked])];
};

const BY_KIND: Partial<Record<SubjectKind, readonly [column: string, kinds: string]>> = {
  household: ['household', `kind = 'binding'`],
  parcel: ['parcel', `kind = 'claim'`],
};

/** Whether a fact in force that may be seen names the subject. A period figure rests on facts of its own days, not of asOf. */
const reaches = ({ measure }: Question, { seen }: Look): boolean => measure.period || REACHING[measure.subject].some((kind) => seen.of(kind).length > 0);

/** Contracts of either side granted: an enterprise may have one with a cooperative that was never bound to it. */
const contractsOf = ({ scope, organisations }: Ledger): string[] => {
  const sides = [...[...scope.cooperatives].map((id) => ({ kind: 'cooperative' as const, id })), ...[...scope.enterprises].map((id) => ({ kind: 'enterprise' as const, id }))];
  return [...new Set(sides.flatMap((side) => organisations.about(side, ['contract'])).flatMap(({ attributes }) => attributes.contractId ?? []))];
};

const reachedIds = async (ledger: Ledger, kind: SubjectKind): Promise<string[]> => {
  const cooperatives = cooperativesOf(ledger);
  if (kind === 'cooperative') return cooperatives;
  if (kind === 'contract') return contractsOf(ledger);
  if (kind === 'enterprise') {
    const linked = cooperatives.flatMap((id) => ledger.organisations.about({ kind: 'cooperative', id }, ['link']).map(({ attributes }) => attributes.enterpriseId ?? ''));
    return [...new Set([...ledger.scope.enterprises, ...linked])];
  }
  const by = BY_KIND[kind];
  if (!by) return [];
  const { rows } = await ledger.sql.query<{ id: string }>(`select distinct ${by[0]} as id from ${ledger.schema}.versions where ${by[1]} and cooperative = any($1::text[])`, [cooperatives]);
  return rows.map(({ id }) => id);
};

/** In the region asked for, and not in a granted one: there the ledger has told it already. */
const outside = (question: Question, { village, cohort }: Entry): boolean => {
  const { key, ledger: { tree, scope } } = question;
  const day = cohort ?? key.asOf;
  if (cohort !== null && (cohort < (key.from ?? -Infinity) || cohort > key.asOf)) return false;
  return liesIn(question, village, day) && !scope.regions.some((region) => tree.within(village, region, day));
};

export interface Reached {
  readonly subject: Subject;
  readonly facts: FactIndex;
  readonly moment: Moment;
  readonly look: Look;
  /** Whether a fact in force reaches it; one that has ended or is to come shows itself only, and nothing of the subject. */
  readonly inForce: boolean;
}

/** Subjects that a grant on organisations reaches or ever reached, in the order of their ids, with their facts of these kinds or all. */
export async function* reachedBy(question: Question, kinds?: ReadonlySet<Kind>): AsyncGenerator<Reached> {
  const { ledger, key, measure } = question;
  const filter = filterOf(ledger);
  if (!filter) return;
  const moment: Moment = { day: key.asOf, knownAt: key.knownAt ?? Infinity, filter };
  const ids = (await reachedIds(ledger, measure.subject)).sort();
  const load = (from: number) => {
    const subjects = ids.slice(from, from + CHUNK).map((id) => ({ kind: measure.subject, id }));
    const facts = loadFacts(ledger, subjects, kinds);
    // Whoever stops early leaves what was asked ahead, and it must not leave a rejection behind.
    facts.catch(() => undefined);
    return { subjects, facts };
  };
  let next = load(0);
  for (let i = 0; i < ids.length; i += CHUNK) {
    const { subjects, facts: loading } = next;
    // Asked before this one has come: the server gathers it while these are looked at.
    next = load(i + CHUNK);
    const facts = await loading;
    for (const subject of subjects) {
      const look = lookAt(subject, facts, moment);
      yield { subject, facts, moment, look, inForce: reaches(question, look) };
    }
  }
}

/**
 * What a grant on organisations shows beside what the ledger does: the measure run over just the subjects it reaches, each
 * seen only through the relation facts that name them. Group lines are never used for it.
 */
export async function* seenThrough(question: Question, wanted: Wanted): AsyncGenerator<Seen> {
  for await (const { subject, look, inForce } of reachedBy(question, kindsFor(question.measure, !('group' in wanted) || wanted.group !== ''))) {
    if (!inForce) continue;
    for (const entry of evaluateMeasure(question.measure, look, wanted)) if (outside(question, entry)) yield { subject, entry };
  }
}

/** Whether the subject stands in one of the villages that are `there` (null: anywhere, known or not) and never stood in one that is `told` of already. */
export const standsBeside = ({ there, told }: { there: readonly string[] | null; told: readonly string[] | null }, { subject, facts, look }: Reached): boolean => {
  const stood = placing(subject, facts).flatMap(({ attributes: { villageId } }) => villageId ?? []);
  if (stood.some((one) => told?.includes(one))) return false;
  const village = villageOf(look.plain);
  return there === null || (village !== undefined && there.includes(village));
};
