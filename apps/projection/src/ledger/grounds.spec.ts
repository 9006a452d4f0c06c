import { dayNumber } from '#standards';
import { cooperativeId, enterpriseId, livesOf } from '../../../../test/bench/lives.js';
import { recordedLives } from '../../../../test/bench/recorded-lives.js';
import { MEASURES } from '../measures/index.js';
import { Facts } from '../store/facts.js';
import { versionOf } from '../store/versions.js';
import { evaluateMeasure, lookAt, type Wanted } from './evaluate.js';
import { kindsFor } from './grounds.js';
import type { Filter, Subject } from './types.js';

const versions = [...recordedLives({ ...livesOf(60), villages: 12, cooperatives: 6, enterprises: 3 })].flatMap((event) => versionOf(event) ?? []);
const ALL = new Facts().addAll(versions);
const ID = { household: 'householdId', parcel: 'parcelId', cooperative: 'cooperativeId', enterprise: 'enterpriseId', contract: 'contractId', village: 'regionId' } as const;
const subjectsOf = (kind: Subject['kind']): Subject[] => [...new Set(versions.map(({ attributes }) => attributes[ID[kind]]))].flatMap((id) => (id ? [{ kind, id }] : []));
const FILTERS: readonly (Filter | undefined)[] = [
  undefined,
  { cooperatives: new Set([cooperativeId(1)]), enterprises: new Set() },
  { cooperatives: new Set([cooperativeId(2)]), enterprises: new Set([enterpriseId(0)]) },
];

/** Every cooperative of these lives that is bound has a contract too, and no parcel is claimed through two. */
const IN_NO_LIFE: ReadonlySet<string> = new Set(['conflict-area', 'nominal-cooperatives']);

describe('What is left away when a measure is asked for does not count', () => {
  test.each(MEASURES.map((measure) => [measure.name, measure] as const))('%s', (_, measure) => {
    let counted = 0;
    const all: Wanted[] = [{ group: '' }, ...measure.groups.map((dimension) => ({ dimension }))];
    for (const wanted of all) {
      const fewer = new Facts(ALL, kindsFor(measure, !('group' in wanted)));
      for (const subject of subjectsOf(measure.subject)) {
        for (const [day, filter] of ['2021-07-01', '2022-07-18'].flatMap((on) => FILTERS.map((one) => [dayNumber(on), one] as const))) {
          const moment = { day, knownAt: Infinity, filter };
          const told = (facts: Facts) => evaluateMeasure(measure, lookAt(subject, facts, moment), wanted).map(({ by, ...entry }) => ({ ...entry, by: by.map(({ eventId }) => eventId).sort() }));
          const whole = told(ALL);
          counted += whole.length;
          expect(told(fewer)).toEqual(whole);
        }
      }
    }
    if (!IN_NO_LIFE.has(measure.name)) expect(counted).toBeGreaterThan(0);
  });
});
