import type { Grant } from '#auth';
import type { RecordedEvent } from '#decider';
import fc from 'fast-check';
import { dice, type Dice } from '../infra/dice.js';
import { testServer, type TestServer } from '../infra/postgres.js';
import { stories, tellHistory } from './history.js';
import { HostedLedger } from './hosted-ledger.js';
import { Oracle, type Asked, type Viewer } from './oracle/oracle.js';
import { moments, pick, type Moment } from './questions.js';
import { ending, runs } from './runs.js';

const LIVES = stories(50, 90);

/** A history, behind a ledger in a database, and what is true of it. */
export interface Case {
  readonly events: readonly RecordedEvent[];
  readonly oracle: Oracle;
  readonly ledger: HostedLedger;
  readonly roll: Dice;
}
/** A server for the tests of a file, there once they run; at the end it says how often what was tried. */
export const served = (tally: Readonly<Record<string, number>>): (() => TestServer) => {
  let server: TestServer | undefined;
  beforeAll(async () => {
    server = await testServer();
  }, 120_000);
  afterAll(async () => {
    process.stderr.write(`${Object.entries(tally).map(([name, n]) => `${n} ${name}`).join(', ')}\n`);
    await server?.stop();
  }, 120_000);
  return () => server as TestServer;
};

/** Tries a property on random histories, each behind a ledger of its own. */
export const over = (server: TestServer, count: number, property: (one: Case) => Promise<void>) =>
  fc.assert(
    fc.asyncProperty(LIVES, fc.nat(), async (story, seed) => {
      const { events } = await tellHistory(story);
      const ledger = await HostedLedger.open(server, events);
      try {
        await property({ events, oracle: new Oracle(events), ledger, roll: dice(seed) });
      } catch (error) {
        throw new Error(`${(error as Error).message}\n${ending(events)}`, { cause: error });
      } finally {
        await ledger.close();
      }
    }),
    // Shortening a story here takes long; the seed tells it again.
    { ...runs(count), endOnFailure: true },
  );

export const some = <T>(roll: Dice, list: readonly T[], count: number): T[] => Array.from({ length: count }, () => pick(roll, list));
/** Times and places to ask about, where the unit was known by then: any other is refused. */
export const asking = ({ events, oracle, roll }: Case, count: number): Moment[] =>
  moments(events, roll, count).filter(({ region, knownAt }) => region === null || oracle.told(knownAt).of('regions').some(({ regionId }) => regionId === region));
export const input = ({ measure, group, region, asOf, from }: Asked, knownAt: number | null) => ({
  measure, asOf, from, ...(group ? { group: group.replace('=', ':') } : {}), ...(region ? { region } : {}), ...(knownAt === null ? {} : { knownAt: new Date(knownAt).toISOString() }),
});

/** Who asks: of a region, of organisations, of both. */
export const VIEWERS: readonly NonNullable<Viewer>[] = [
  { regions: ['t-1'], cooperatives: new Set(), enterprises: new Set() },
  { regions: [], cooperatives: new Set(['c-1']), enterprises: new Set() },
  { regions: [], cooperatives: new Set(), enterprises: new Set(['e-1']) },
  { regions: ['v-1', 't-2'], cooperatives: new Set(['c-2']), enterprises: new Set(['e-1']) },
  { regions: [], cooperatives: new Set(['c-1', 'c-2']), enterprises: new Set(['e-2']) },
];
export const grantsOf = (viewer: NonNullable<Viewer>): Grant[] => [
  ...viewer.regions.map((region) => ({ role: 'ANALYST' as const, region })),
  ...[...viewer.cooperatives].map((cooperative) => ({ role: 'COOPERATIVE_MANAGER' as const, cooperative })),
  ...[...viewer.enterprises].map((enterprise) => ({ role: 'ENTERPRISE_STAFF' as const, enterprise })),
];
