import { scopeOf, type Grant } from '#auth';
import type { RecordedEvent } from '#decider';
import { openDatabase, type Database } from '#postgres';
import type { AnyQuery } from '#service-kit';
import { cooperativeId, enterpriseId, livesOf, recordedLives, villageId } from '../../../../test/bench/lives.js';
import { testServer, type TestServer } from '../../../../test/infra/postgres.js';
import { figures } from '../figures.view.js';
import { evaluateMeasure, lookAt } from '../ledger/evaluate.js';
import type { Subject } from '../ledger/types.js';
import { MEASURES } from '../measures/index.js';
import { Facts } from '../store/facts.js';
import { tables } from '../store/tables.js';
import { statedBy } from '../store/versions.js';
import { breakdown } from './breakdown.query.js';
import { changes } from './changes.query.js';
import { drill } from './drill.query.js';
import { event } from './event.query.js';
import { figure } from './figure.query.js';
import { rate } from './rate.query.js';
import { regions } from './regions.query.js';
import { Tree } from './tree.js';

const EVENTS: readonly RecordedEvent[] = [...recordedLives({ ...livesOf(200), villages: 25, cooperatives: 10, enterprises: 4 })];
const VERSIONS = EVENTS.flatMap((one) => statedBy({ service: one.service, lane: one.lane, events: [one] })).map(({ version }) => version);
const TREE = new Tree(VERSIONS.filter(({ kind }) => kind === 'region'), Infinity);
const ASOF = '2022-07-18';
const LAST = EVENTS.at(-1)?.recordedAt ?? 0;
const HALF = EVENTS[EVENTS.length >> 1]?.recordedAt ?? 0;

let server: TestServer;
let db: Database;
let folded = 0;
let watermark = 0;
const foldUpTo = async (rec: number): Promise<void> => {
  const part = EVENTS.slice(folded).filter(({ recordedAt }) => recordedAt <= rec);
  for (const lane of Map.groupBy(part, ({ service, lane: n }) => `${service}:${n}`).values()) {
    const [first] = lane;
    if (first) await db.transaction((tx) => figures.fold({ service: first.service, lane: first.lane, events: lane }, { db: tx, schema: 'ledger' }));
  }
  folded += part.length;
  watermark = rec;
};

/** What the service hands a query, with these grants. */
const ask = async <T>(query: AnyQuery, input: object, grants: readonly Grant[] = [{ role: 'ANALYST' }]): Promise<T> => {
  const tree = { contains: (region: string, village: string) => TREE.within(village, region, 19_191), villages: (region: string) => TREE.villages(region, 19_191) };
  const principal = { id: 'someone', name: 'someone', grants };
  const scope = scopeOf({ principal, roles: ['ANALYST', 'COOPERATIVE_MANAGER', 'ENTERPRISE_STAFF'], tree, day: ASOF });
  const reading = { schemaOf: () => 'ledger', watermark: () => watermark, positions: () => [], skipped: () => 0 };
  const unused = (): never => {
    throw new Error('not asked here');
  };
  return (await query.run({ ...reading, input, principal, scope, tree, db, now: LAST, today: ASOF, secret: unused, ask: unused })) as T;
};
interface Answer {
  readonly value: number;
  readonly standing: string;
  readonly drill: string;
  readonly parts: readonly { key: string; value: number; drill: string }[];
}
interface Drilled {
  readonly items: readonly { subject: Subject; value: number; reason?: string; by: readonly { event: string }[] }[];
  readonly next: string | null;
}
const opened = async (token: string, { list = 'counted', limit = 23, grants }: { list?: string; limit?: number; grants?: readonly Grant[] } = {}): Promise<Drilled['items']> => {
  const items: Drilled['items'][number][] = [];
  let after: string | undefined;
  do {
    const page = await ask<Drilled>(drill, { token, list, after, limit }, grants);
    items.push(...page.items);
    after = page.next ?? undefined;
  } while (after);
  return items;
};
const sumOf = (items: Drilled['items']): number => items.reduce((sum, { value }) => sum + value, 0);

beforeAll(async () => {
  server = await testServer();
  db = openDatabase(await server.database());
  await db.query(`create schema ledger; ${tables('ledger')}`);
}, 120_000);
afterAll(async () => {
  await db?.close();
  await server?.stop();
});

describe('Asked while events still come', () => {
  const known = { measure: 'households-reached', region: '410308', asOf: ASOF, knownAt: new Date(HALF).toISOString() };
  const final = new Map<string, number>();

  test('a figure known at a time beyond what is complete is refused', async () => {
    await foldUpTo(HALF);
    await expect(ask(figure, { ...known, knownAt: new Date(LAST).toISOString() })).rejects.toThrow('not-known-yet');
    expect((await ask<Answer>(figure, { ...known, knownAt: undefined })).standing).toBe('provisional');
  }, 120_000);

  test('a final figure is the same for ever, whatever is recorded later', async () => {
    for (const { name } of MEASURES) {
      const answer = await ask<Answer>(figure, { ...known, measure: name });
      expect(answer.standing).toBe('final');
      final.set(name, answer.value);
    }
    await foldUpTo(LAST);
    for (const { name } of MEASURES) expect([name, (await ask<Answer>(figure, { ...known, measure: name })).value]).toEqual([name, final.get(name)]);
    expect((await ask<Answer>(figure, { ...known, knownAt: undefined })).value).toBeGreaterThan(final.get('households-reached') ?? 0);
  }, 120_000);
});

describe('A figure opens', () => {
  test.each(MEASURES.map(({ name }) => name))('%s is the sum of its drill, now and as known then, and its subjects have facts with events', async (measure) => {
    for (const knownAt of [undefined, new Date(HALF).toISOString()]) {
      const answer = await ask<Answer>(figure, { measure, region: '410308', asOf: ASOF, knownAt });
      const items = await opened(answer.drill, { limit: 200 });
      expect(sumOf(items)).toBe(answer.value);
      expect(items.filter(({ by }) => by.length === 0)).toEqual([]);
    }
  }, 60_000);

  test('down to its events', async () => {
    const { drill: token } = await ask<Answer>(figure, { measure: 'closed-chain-households', asOf: ASOF });
    const [first] = await opened(token);
    const told = await ask<{ type: string; fact: { kind: string } }>(event, { id: first?.by[0]?.event });
    expect(told).toMatchObject({ type: expect.stringMatching(/^[A-Z]/), fact: { subject: first?.subject.id } });
  });

  test('what was left out is told with its reason', async () => {
    const { drill: token } = await ask<Answer>(figure, { measure: 'households-reached', region: '410308', asOf: '2021-06-01' });
    const reasons = new Set((await opened(token, { list: 'left-out', limit: 100 })).map(({ reason }) => reason));
    expect(reasons).toContain('not-yet-begun');
  }, 60_000);

  test('by region and village it adds up; by cooperative it opens part by part', async () => {
    for (const dimension of ['regions', 'village']) {
      const { value, parts } = await ask<Answer>(breakdown, { measure: 'farmers-reached', dimension, region: '410308', asOf: ASOF });
      expect(parts.reduce((sum, part) => sum + part.value, 0)).toBe(value);
    }
    const { parts } = await ask<Answer>(breakdown, { measure: 'base-area', dimension: 'cooperative', region: '410308', asOf: ASOF });
    expect(parts).toHaveLength(10);
    for (const part of parts) expect(sumOf(await opened(part.drill, { limit: 200 }))).toBe(part.value);
  }, 60_000);
});

describe('What a grant shows', () => {
  const FACTS = new Facts().addAll(VERSIONS);
  const subjectsOf = (kind: Subject['kind']): Subject[] => {
    const ids = new Set(VERSIONS.map(({ attributes: a }) => ({ household: a.householdId, parcel: a.parcelId, cooperative: a.cooperativeId, enterprise: a.enterpriseId, contract: a.contractId, village: a.regionId })[kind]));
    return [...ids].flatMap((id) => (id ? [{ kind, id }] : []));
  };
  const RELATIONS = ['binding', 'claim', 'link', 'contract', 'line', 'delivery', 'registration', 'enterprise'] as const;
  /** Every subject looked at, one by one: all of it in the granted villages, elsewhere what names the organisations. */
  const oneByOne = (name: string, { villages, cooperatives, enterprises }: { villages: ReadonlySet<string>; cooperatives: readonly string[]; enterprises: readonly string[] }): number => {
    const measure = MEASURES.find((one) => one.name === name);
    if (!measure) return 0;
    const filter = { cooperatives: new Set(cooperatives), enterprises: new Set(enterprises) };
    const moment = { day: 19_191, knownAt: Infinity };
    const fits = (cohort: number | null): boolean => cohort === null || (cohort >= 18_993 && cohort <= 19_191);
    return subjectsOf(measure.subject).reduce((sum, subject) => {
      const inside = evaluateMeasure(measure, subject, FACTS, moment).filter(({ village }) => villages.has(village));
      const { seen } = lookAt(subject, FACTS, { ...moment, filter });
      const own = { household: ['binding', 'claim'], parcel: ['claim'], contract: ['contract', 'line', 'delivery'], cooperative: ['registration', 'link'], enterprise: ['enterprise', 'link'], village: [] as string[] }[subject.kind];
      const named = RELATIONS.some((kind) => own.includes(kind) && seen.of(kind).length > 0);
      const outside = named ? evaluateMeasure(measure, subject, FACTS, { ...moment, filter }).filter(({ village }) => !villages.has(village)) : [];
      return sum + [...inside, ...outside].filter(({ group, cohort }) => group === '' && fits(cohort)).reduce((s, { value }) => s + value, 0);
    }, 0);
  };
  const town = 'r-410308100';
  const cases: [string, Grant[], string[], string[], string[]][] = [
    ['a town', [{ role: 'ANALYST', region: town }], [town], [], []],
    ['a village', [{ role: 'ANALYST', region: villageId(3) }], [villageId(3)], [], []],
    ['a cooperative', [{ role: 'COOPERATIVE_MANAGER', cooperative: cooperativeId(2) }], [], [cooperativeId(2)], []],
    ['an enterprise', [{ role: 'ENTERPRISE_STAFF', enterprise: enterpriseId(1) }], [], [], [enterpriseId(1)]],
    ['a town, a cooperative and an enterprise', [{ role: 'ANALYST', region: town }, { role: 'ANALYST', cooperative: cooperativeId(4) }, { role: 'ANALYST', enterprise: enterpriseId(0) }], [town], [cooperativeId(4)], [enterpriseId(0)]],
    ['nothing', [], [], [], []],
  ];

  test.each(cases)('%s: the total is the total of what may be seen, for every figure, and its drill sums to it', async (_, grants, granted, cooperatives, enterprises) => {
    const villages = new Set(granted.flatMap((region) => [...TREE.villages(region, 19_191)]));
    for (const { name } of MEASURES) {
      const answer = await ask<Answer>(figure, { measure: name, region: '410308', asOf: ASOF }, grants);
      expect([name, answer.value]).toEqual([name, oneByOne(name, { villages, cooperatives, enterprises })]);
      expect([name, sumOf(await opened(answer.drill, { limit: 200, grants }))]).toEqual([name, answer.value]);
    }
  }, 120_000);
});

describe('Beside figures', () => {
  test('a rate is a pair that opens, with an exact percentage', async () => {
    const answer = await ask<{ percent: string; numerator: Answer; denominator: Answer }>(rate, { rate: 'cooperative-binding-rate', region: '410308', asOf: ASOF });
    expect(answer.percent).toBe(((answer.numerator.value / answer.denominator.value) * 100).toFixed(2));
    expect(sumOf(await opened(answer.numerator.drill))).toBe(answer.numerator.value);
  });

  test('an unknown measure, group, region or token is refused, saying what there is', async () => {
    await expect(ask(figure, { measure: 'nothing' })).rejects.toThrow('malformed');
    await expect(ask(figure, { measure: 'base-area', group: 'colour:red' })).rejects.toThrow('malformed');
    await expect(ask(figure, { measure: 'base-area', region: '999999' })).rejects.toThrow('malformed');
    await expect(ask(drill, { token: 'nonsense' })).rejects.toThrow('malformed');
  });

  test('changes name the villages of later folds, and those whose dated lines come due', async () => {
    const all = await ask<{ next: number; villages: string[] }>(changes, { since: 0 });
    expect(all.villages.length).toBeGreaterThan(20);
    expect(await ask(changes, { since: all.next, day: ASOF })).toMatchObject({ next: all.next, villages: [], due: [] });
    expect((await ask<{ due: string[] }>(changes, { since: all.next, day: '2021-12-31' })).due.length).toBeGreaterThan(0);
    const mine = await ask<{ villages: string[] }>(changes, { since: 0 }, [{ role: 'ANALYST', region: villageId(3) }]);
    expect(mine.villages).toEqual([villageId(3)]);
  });

  test('regions are counted as of a day', async () => {
    expect(await ask(regions, { asOf: ASOF, region: '410308' })).toMatchObject({ villages: 25, units: [{ level: 'TOWN' }, { level: 'TOWN' }] });
    expect(await ask(regions, { asOf: '2019-01-01' })).toMatchObject({ villages: 0, units: [] });
  });
});
