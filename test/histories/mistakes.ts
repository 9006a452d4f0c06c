import type { RecordedEvent } from '#decider';
import { claims, counting, dueLines } from '../../apps/projection/src/ledger/counting.js';
import { deriveWith } from '../../apps/projection/src/ledger/derive.js';
import { derive } from '../../apps/projection/src/ledger/index.js';
import type { Measure } from '../../apps/projection/src/ledger/measure.js';
import type { Version } from '../../apps/projection/src/ledger/types.js';
import { MEASURES } from '../../apps/projection/src/measures/index.js';
import { stockSlice } from '../../apps/projection/src/ask/slices.js';
import { InMemoryLedger, versionsOf } from './in-memory-ledger.js';
import type { Asked } from './oracle/oracle.js';

/** A ledger that answers from a history with one mistake in it. */
export interface Mistake {
  readonly name: string;
  readonly answers: (events: readonly RecordedEvent[]) => (asked: Asked, knownAt: number) => number;
}

const asked = (ledger: InMemoryLedger) => (question: Asked, knownAt: number): number => ledger.figure(question, knownAt);

/** Facts taken in wrongly. */
const misread = (name: string, wrong: (versions: readonly Version[]) => readonly Version[]): Mistake => ({ name, answers: (events) => asked(new InMemoryLedger(wrong(versionsOf(events)), derive)) });
const each = (change: (version: Version) => Version) => (versions: readonly Version[]): readonly Version[] => versions.map(change);
const endless = (kind: Version['kind']) => each((version) => (version.kind === kind ? { ...version, to: Infinity } : version));

/** A measure that counts wrongly. */
const miscounted = (name: string, [measure, count]: readonly [string, Measure['count']]): Mistake => ({
  name,
  answers: (events) => asked(new InMemoryLedger(versionsOf(events), deriveWith(MEASURES.map((one) => (one.name === measure ? { ...one, count } : one))))),
});

class ByTheTreeOfAsOf extends InMemoryLedger {
  protected override slices(...[where, { period, since, until }]: Parameters<InMemoryLedger['slices']>) {
    return period ? stockSlice(where, until).map((slice) => ({ ...slice, from: since, to: until })) : stockSlice(where, until);
  }
}
/** What fell to a region, to those of its parts where its villages lie on asOf: a village that has left is in none. */
class PartsByTheTreeOfAsOf extends InMemoryLedger {
  protected override slices(...[where, when]: Parameters<InMemoryLedger['slices']>) {
    const { tree, region, within } = where;
    if (within === null || region === null) return super.slices(where, when);
    const now = new Set(tree.villages(region, when.until));
    const whole = super.slices({ ...where, region: within || null, within: null }, when);
    return whole.map((slice) => ({ ...slice, villages: slice.villages?.filter((village) => now.has(village)) ?? [...now] }));
  }
}
/** A part that opens to the whole figure of its unit, with what fell to it elsewhere. */
class PartsOfTheirOwn extends InMemoryLedger {
  protected override slices(...[where, when]: Parameters<InMemoryLedger['slices']>) {
    return super.slices({ ...where, within: null }, when);
  }
}
class ByTheTreeOfToday extends InMemoryLedger {
  protected override tree() {
    return super.tree(Infinity);
  }
}

/** Facts come in portions, lane after lane in each, and what was recorded before the last that was seen is dropped. */
const withoutLate = (versions: readonly Version[]): Version[] => {
  let last = 0;
  const portions = [...Map.groupBy(versions.map((version, i) => [i, version] as const), ([i]) => Math.floor(i / 30)).values()];
  return portions.flatMap((portion) => [...Map.groupBy(portion, ([, { service, lane }]) => `${service}:${lane}`).values()].flat().map(([, version]) => version)).filter(({ rec }) => {
    const late = rec < last;
    last = Math.max(last, rec);
    return !late;
  });
};
/** A correction is taken for what was always known. */
const knownAlways = (versions: readonly Version[]): Version[] => {
  const first = new Map<string, number>();
  return versions.map((version) => {
    const name = `${version.kind}|${version.key}`;
    first.set(name, first.get(name) ?? version.rec);
    return { ...version, rec: first.get(name) ?? version.rec };
  });
};

export const MISTAKES: readonly Mistake[] = [
  misread('a move that erases where the household was before', each((v) => (v.kind === 'home' ? { ...v, key: `home of ${v.subject}` } : v))),
  misread('a person who is taken out of a household only by another one', (versions) => versions.filter(({ kind, attributes }) => kind !== 'member' || attributes.householdId !== null)),
  misread('a lapse that is ignored', endless('recognition')),
  misread('a dissolved cooperative that still counts', endless('registration')),
  misread('a dissolved enterprise that still leads', endless('enterprise')),
  misread('a binding that never ends', endless('binding')),
  misread('a period that lasts a day too long', each((v) => ({ ...v, to: v.to + 1 }))),
  misread('a fact called an error that still counts', each((v) => ({ ...v, voided: false }))),
  misread('a draft that counts', each((v) => (v.kind === 'binding' ? { ...v, attributes: { ...v.attributes, state: 'ACTIVE' } } : v))),
  misread('a fact that comes late and is dropped', withoutLate),
  misread('a correction taken for what was always known', knownAlways),
  misread('a claim corrected to another parcel that still counts on the first', each((v) => (v.kind === 'claim' ? { ...v, key: `${v.key} on ${v.subject}` } : v))),
  { name: 'a group answered from the total', answers: (events) => { const answer = asked(new InMemoryLedger(versionsOf(events), derive)); return (question, knownAt) => answer({ ...question, group: '' }, knownAt); } },
  { name: 'what was delivered or sown placed by the tree of asOf', answers: (events) => asked(new ByTheTreeOfAsOf(versionsOf(events), derive)) },
  { name: 'the parts of a period figure told by the tree of asOf', answers: (events) => asked(new PartsByTheTreeOfAsOf(versionsOf(events), derive)) },
  { name: 'a part that opens to what its unit had elsewhere too', answers: (events) => asked(new PartsOfTheirOwn(versionsOf(events), derive)) },
  { name: 'the past told by the tree as it is known today', answers: (events) => asked(new ByTheTreeOfToday(versionsOf(events), derive)) },
  miscounted('a household counted once for each of its bindings', ['households-reached', (day) => counting(day).map((one) => ({ value: 1, by: [one] }))]),
  miscounted('a delivery beyond what was agreed', ['fulfilled-quantity', (day) => dueLines(day).map(({ line, due, delivered }) => ({ value: delivered, by: [line], cohort: due }))]),
  miscounted('land whose claim outlasts its binding', ['base-area', (day) => (day.of('claim').length ? day.of('land').map((land) => ({ value: land.attributes.area ?? 0, by: [land] })) : [])]),
  miscounted('land sown that is claimed only today', ['sown-area', (day) => (claims(day).length ? day.of('planting').map((one) => ({ value: one.attributes.area ?? 0, by: [one], cohort: one.from })) : [])]),
  miscounted('a parcel counted once for each of its claims', ['base-area', (day) => claims(day).flatMap(() => day.of('land').map((land) => ({ value: land.attributes.area ?? 0, by: [land] })))]),
];
