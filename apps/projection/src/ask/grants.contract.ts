import type { Grant } from '#auth';
import { cooperativeId, enterpriseId, livesOf, villageId } from '../../../../test/bench/lives.js';
import { recordedLives } from '../../../../test/bench/recorded-lives.js';
import { LedgerUnderTest, sumOf, TODAY, TODAY_NUMBER, type Answer } from '../../../../test/infra/ledger.js';
import { evaluateMeasure, lookAt } from '../ledger/evaluate.js';
import type { Subject } from '../ledger/types.js';
import { MEASURES } from '../measures/index.js';
import { Facts } from '../store/facts.js';
import { figure } from './figure.query.js';

const ledger = new LedgerUnderTest([...recordedLives({ ...livesOf(200), villages: 25, cooperatives: 10, enterprises: 4 })]);
beforeAll(async () => {
  await ledger.start();
  await ledger.foldUpTo(ledger.last);
}, 120_000);
afterAll(() => ledger.stop());

describe('What a grant shows', () => {
  const FACTS = new Facts().addAll(ledger.versions);
  const subjectsOf = (kind: Subject['kind']): Subject[] => {
    const ids = new Set(ledger.versions.map(({ attributes: a }) => ({ household: a.householdId, parcel: a.parcelId, cooperative: a.cooperativeId, enterprise: a.enterpriseId, contract: a.contractId, village: a.regionId })[kind]));
    return [...ids].flatMap((id) => (id ? [{ kind, id }] : []));
  };
  const RELATIONS = ['binding', 'claim', 'link', 'contract', 'line', 'delivery', 'registration', 'enterprise'] as const;
  /** Every subject looked at, one by one: all of it in the granted villages, elsewhere what names the organisations. */
  const oneByOne = (name: string, { villages, cooperatives, enterprises }: { villages: ReadonlySet<string>; cooperatives: readonly string[]; enterprises: readonly string[] }): number => {
    const measure = MEASURES.find((one) => one.name === name);
    if (!measure) return 0;
    const filter = { cooperatives: new Set(cooperatives), enterprises: new Set(enterprises) };
    const moment = { day: TODAY_NUMBER, knownAt: Infinity };
    const fits = (cohort: number | null): boolean => cohort === null || (cohort >= 18_993 && cohort <= TODAY_NUMBER);
    return subjectsOf(measure.subject).reduce((sum, subject) => {
      const inside = evaluateMeasure(measure, lookAt(subject, FACTS, moment), { group: '' }).filter(({ village }) => villages.has(village));
      const look = lookAt(subject, FACTS, { ...moment, filter });
      const own = { household: ['binding'], parcel: ['claim'], contract: ['contract', 'line', 'delivery'], cooperative: ['registration', 'link'], enterprise: ['enterprise', 'link'], village: [] as string[] }[subject.kind];
      const named = measure.period || RELATIONS.some((kind) => own.includes(kind) && look.seen.of(kind).length > 0);
      const outside = named ? evaluateMeasure(measure, look, { group: '' }).filter(({ village }) => !villages.has(village)) : [];
      return sum + [...inside, ...outside].filter(({ cohort }) => fits(cohort)).reduce((s, { value }) => s + value, 0);
    }, 0);
  };
  const town = 'r-410308100';
  const cases: [string, Grant[]][] = [
    ['a town', [{ role: 'ANALYST', region: town }]],
    ['a village', [{ role: 'ANALYST', region: villageId(3) }]],
    ['a cooperative', [{ role: 'COOPERATIVE_MANAGER', cooperative: cooperativeId(2) }]],
    ['an enterprise', [{ role: 'ENTERPRISE_STAFF', enterprise: enterpriseId(1) }]],
    ['a town, a cooperative and an enterprise', [{ role: 'ANALYST', region: town }, { role: 'ANALYST', cooperative: cooperativeId(4) }, { role: 'ANALYST', enterprise: enterpriseId(0) }]],
    ['nothing', []],
  ];

  test.each(cases)('%s: the total is the total of what may be seen, for every figure, and its drill sums to it', async (_, grants) => {
    const named = (of: (grant: Grant) => string | undefined): string[] => grants.flatMap((grant) => of(grant) ?? []);
    const [granted, cooperatives, enterprises] = [named(({ region }) => region), named(({ cooperative }) => cooperative), named(({ enterprise }) => enterprise)];
    const villages = new Set(granted.flatMap((region) => [...ledger.tree.villages(region, TODAY_NUMBER)]));
    for (const { name } of MEASURES) {
      const answer = await ledger.ask<Answer>(figure, { measure: name, region: '410308', asOf: TODAY }, grants);
      expect([name, answer.value]).toEqual([name, oneByOne(name, { villages, cooperatives, enterprises })]);
      expect([name, sumOf(await ledger.opened(answer.drill, { limit: 200, grants }))]).toEqual([name, answer.value]);
    }
  }, 120_000);

  test('what was left out is told to whom a cooperative is granted, of its own facts only', async () => {
    const grants: Grant[] = [{ role: 'COOPERATIVE_MANAGER', cooperative: cooperativeId(2) }];
    const { drill: token } = await ledger.ask<Answer>(figure, { measure: 'households-reached', asOf: '2021-06-01' }, grants);
    const items = await ledger.opened(token, { list: 'left-out', limit: 100, grants });
    const byEvent = new Map(ledger.versions.map((version) => [version.eventId, version.attributes.cooperativeId]));
    expect(items.length).toBeGreaterThan(0);
    expect(new Set(items.map(({ fact }) => byEvent.get(fact?.event ?? '')))).toEqual(new Set([cooperativeId(2)]));
  });
});
