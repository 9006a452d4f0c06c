import fc from 'fast-check';
import { derive } from '../../apps/projection/src/ledger/index.js';
import type { Line } from '../../apps/projection/src/ledger/types.js';
import { MEASURES } from '../../apps/projection/src/measures/index.js';
import { Facts } from '../../apps/projection/src/store/facts.js';
import { stories, tellHistory } from './history.js';
import { InMemoryLedger, subjectsOf, versionsOf } from './in-memory-ledger.js';
import { Oracle, type Asked } from './oracle/oracle.js';
import { dice } from '../infra/dice.js';
import { moments, pick, questions } from './questions.js';
import { ending, runs } from './runs.js';

const LIVES = stories(0, 90);
const counted = new Map<string, number>();
let [histories, figures] = [0, 0];
afterAll(() => {
  const never = MEASURES.filter(({ name }) => !counted.has(name)).map(({ name }) => name);
  process.stderr.write(`${histories} histories, ${figures} figures equal what the events say, ${[...counted.values()].reduce((a, b) => a + b, 0)} of them not zero; always zero: ${never.join(', ') || 'none'}\n`);
});

/** Of tens of thousands only the wrong one is told. */
const expectFigure = (asked: Asked, told: number, truth: number): void => {
  if (told !== truth) expect([asked, told]).toEqual([asked, truth]);
};

describe('Over random histories, told as commands', () => {
  test('every figure, in every group, on any day and as known at any time, is what the events say', async () => {
    await fc.assert(
      fc.asyncProperty(LIVES, fc.nat(), async (story, seed) => {
        const { events } = await tellHistory(story);
        const [ledger, oracle] = [new InMemoryLedger(versionsOf(events), derive), new Oracle(events)];
        histories += 1;
        for (const moment of moments(events, dice(seed), 5)) {
          for (const asked of questions(events, moment)) {
            const [truth, told] = [oracle.figure(asked, moment.knownAt), ledger.figure(asked, moment.knownAt)];
            if (told !== truth) throw new Error(`${JSON.stringify(asked)} as known at ${moment.knownAt}: ${told}, the events say ${truth}\n${ending(events)}`);
            figures += 1;
            if (truth !== 0) counted.set(asked.measure, (counted.get(asked.measure) ?? 0) + 1);
          }
        }
      }),
      runs(30),
    );
  }, 3_600_000);

  test('at every node of the tree a stock is the sum of its villages, and counts every subject of theirs once', async () => {
    const stocks = MEASURES.filter(({ period }) => !period).map(({ name }) => name);
    const heads = new Set(stocks.filter((name) => !/persons|farmers|area/.test(name)));
    await fc.assert(
      fc.asyncProperty(LIVES, fc.nat(), async (story, seed) => {
        const { events } = await tellHistory(story);
        const [ledger, oracle, roll] = [new InMemoryLedger(versionsOf(events), derive), new Oracle(events), dice(seed)];
        for (const { asOf, from, knownAt } of moments(events, roll, 2)) {
          const world = oracle.world(asOf, knownAt);
          const villages = [...new Set(world.told.of('regions').filter(({ level }) => level === 'VILLAGE').map(({ regionId }) => regionId))];
          const nodes = ['d-1', 'd-2', 't-1', 't-2', 't-3'].map((node) => [node, villages.filter((village) => world.lies(village, node))] as const);
          const answers = (measure: string) => nodes.map(([node, leaves]) => {
            const at = (region: string) => ({ measure, group: '', region, asOf, from });
            const subjects = new Set(leaves.flatMap((leaf) => oracle.counted(at(leaf), knownAt).map(({ subject }) => subject)));
            return { measure, node, figure: ledger.figure(at(node), knownAt), sum: leaves.reduce((sum, leaf) => sum + ledger.figure(at(leaf), knownAt), 0), subjects: subjects.size };
          });
          for (const { measure, node, figure, sum, subjects } of stocks.flatMap(answers)) expect([measure, node, sum, heads.has(measure) ? subjects : sum]).toEqual([measure, node, figure, figure]);
        }
      }),
      runs(10),
    );
  }, 3_600_000);

  test('a figure is the sum of its parts, also where villages changed towns within its period', async () => {
    await fc.assert(
      fc.asyncProperty(LIVES, fc.nat(), async (story, seed) => {
        const { events } = await tellHistory(story);
        const [ledger, oracle] = [new InMemoryLedger(versionsOf(events), derive), new Oracle(events)];
        for (const moment of moments(events, dice(seed), 3)) {
          for (const asked of questions(events, moment)) {
            const parts = [...oracle.partsOf(asked, moment.knownAt)];
            for (const [part, truth] of parts) expectFigure(part, ledger.figure(part, moment.knownAt), truth);
            expectFigure(asked, ledger.figure(asked, moment.knownAt), parts.reduce((sum, [, truth]) => sum + truth, 0));
          }
        }
      }),
      runs(20),
    );
  }, 3_600_000);

  test('the lines of a subject are the same in whatever order its facts are found, and twice; what is derived from a moment on is their tail', async () => {
    const shuffled = <T>(roll: ReturnType<typeof dice>, list: readonly T[]): T[] => list.map((one) => [roll(1_000_000), one] as const).sort(([a], [b]) => a - b).map(([, one]) => one);
    const told = (lines: readonly Line[]): string[] => lines.map((l) => JSON.stringify(l)).sort();
    await fc.assert(
      fc.asyncProperty(LIVES, fc.nat(), async (story, seed) => {
        const roll = dice(seed);
        const { events } = await tellHistory(story);
        const versions = versionsOf(events);
        const [straight, strange] = [new Facts().addAll(versions), new Facts().addAll(shuffled(roll, [...versions, ...versions]))];
        for (const subject of subjectsOf(versions)) {
          const whole = derive(subject, straight, -1);
          expect(told(derive(subject, strange, -1))).toEqual(told(whole));
          const since = pick(roll, events)?.recordedAt ?? 0;
          expect(told(derive(subject, straight, since))).toEqual(told(whole.filter(({ rec }) => rec > since)));
        }
      }),
      runs(10),
    );
  }, 3_600_000);
});
