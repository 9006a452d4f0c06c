import { breakdown } from '../../apps/projection/src/ask/breakdown.query.js';
import { figure } from '../../apps/projection/src/ask/figure.query.js';
import { MEASURES } from '../../apps/projection/src/measures/index.js';
import { type Answer, sumOf } from '../infra/ledger.js';
import { inOrder, overtaking } from './deliveries.js';
import { asking, grantsOf, input, over, served, some, VIEWERS, type Case } from './hosted-case.js';
import { HostedLedger } from './hosted-ledger.js';
import type { Asked, Viewer } from './oracle/oracle.js';
import { pick, questions, type Moment } from './questions.js';

const PERIODS = MEASURES.filter(({ period }) => period).map(({ name }) => name);
const tally = { figures: 0, opened: 0, toldApart: 0, granted: 0 };
const server = served(tally);

/** A figure opened: its drill sums to it, names just the subjects that count, and only events told by then. */
const expectToOpen = async ({ events, oracle, ledger }: Case, asked: Asked, { knownAt, answer }: { knownAt: number; answer: Answer }): Promise<void> => {
  const items = await ledger.opened(answer.drill, { limit: 3 });
  const ids = (subjects: readonly string[]): string[] => [...new Set(subjects)].sort();
  expect([asked, sumOf(items), ids(items.map(({ subject }) => subject.id))]).toEqual([asked, answer.value, ids(oracle.counted(asked, knownAt).map(({ subject }) => subject))]);
  const told = new Set(events.filter(({ recordedAt }) => recordedAt <= knownAt).map(({ id }) => id));
  expect(items.filter(({ by }) => by.length === 0 || by.some(({ event }) => !told.has(event)))).toEqual([]);
  tally.opened += 1;
};
const expectWhatEventsSay = async (one: Case, moment: Moment): Promise<void> => {
  const { events, oracle, ledger, roll } = one;
  const { knownAt } = moment;
  for (const asked of questions(events, moment)) {
    const answer = await ledger.ask<Answer>(figure, input(asked, knownAt === events.at(-1)?.recordedAt ? null : knownAt));
    expect([asked, knownAt, answer.value]).toEqual([asked, knownAt, oracle.figure(asked, knownAt)]);
    tally.figures += 1;
    if (answer.value !== 0 && roll(4) === 0) await expectToOpen(one, asked, { knownAt, answer });
  }
};

const expectTotalOfVisible = async ({ events, oracle, ledger, roll }: Case, moment: Moment, viewer: NonNullable<Viewer>): Promise<void> => {
  const grants = grantsOf(viewer);
  for (const asked of some(roll, questions(events, moment), 30)) {
    const truth = oracle.figure(asked, moment.knownAt, viewer);
    const answer = await ledger.ask<Answer>(figure, input(asked, moment.knownAt), grants);
    expect([asked, moment.knownAt, grants, answer.value]).toEqual([asked, moment.knownAt, grants, truth]);
    tally.granted += 1;
    if (truth === 0 || roll(3) > 0) continue;
    expect([asked, grants, sumOf(await ledger.opened(answer.drill, { grants }))]).toEqual([asked, grants, truth]);
    await expectToAddUp({ events, oracle, ledger, roll }, { ...asked, region: pick(roll, [null, asked.region, 'd-1', 't-1', 't-2']) }, { knownAt: moment.knownAt, viewer });
  }
};

/** A figure told apart: every part is there, is what the events say and opens to just that, and together they are the whole. */
const expectToAddUp = async ({ oracle, ledger, roll }: Case, asked: Asked, { knownAt, viewer }: { knownAt: number; viewer: Viewer }): Promise<void> => {
  const grants = viewer === null ? undefined : grantsOf(viewer);
  for (const by of ['regions', 'village'] as const) {
    const whole = await ledger.ask<Answer>(breakdown, { ...input(asked, knownAt), dimension: by }, grants);
    const at = [asked, by, knownAt, grants];
    const truth = [...oracle.parts(asked, knownAt, { viewer, by })].filter(([, value]) => value !== 0).sort();
    expect([at, whole.value]).toEqual([at, oracle.figure(asked, knownAt, viewer)]);
    expect([at, whole.parts.filter(({ value }) => value !== 0).map(({ id = '', value }) => [id, value]).sort()]).toEqual([at, truth]);
    expect([at, whole.parts.reduce((sum, { value }) => sum + value, 0)]).toEqual([at, whole.value]);
    for (const { id, value, drill } of whole.parts) {
      if (value === 0 && roll(8) > 0) continue;
      const items = await ledger.opened(drill, { grants });
      expect([at, id, sumOf(items)]).toEqual([at, id, value]);
      const other = items.flatMap(({ by: facts }) => facts).filter(({ kind, from }) => /planting|delivery/.test(kind) && PERIODS.includes(asked.measure) && (from > asked.asOf || (kind === 'planting' && from < asked.from)));
      expect([at, id, other]).toEqual([at, id, []]);
    }
    tally.toldApart += 1;
  }
};

describe('The ledger of a random history, in the database', () => {
  test('answers what the events say, opens down to them, and keeps what was final', async () => {
    await over(server(), 3, async (one) => {
      const { events, oracle, ledger, roll } = one;
      const half = events.length - 40;
      const knownAt = (events[half - 1]?.recordedAt ?? 0) - 1;
      await ledger.feed.deliver(inOrder(events.slice(0, half), 30));
      await ledger.feed.frontier(knownAt + 2);
      const early = some(roll, asking(one, 3).flatMap((moment) => questions(events, { ...moment, region: null })), 60);
      const final: (readonly [Asked, Answer])[] = [];
      for (const asked of early) final.push([asked, await ledger.ask<Answer>(figure, input(asked, knownAt))]);
      await ledger.take(inOrder(events.slice(half), 30));
      for (const [asked, { value, standing }] of final) expect([asked, (await ledger.ask<Answer>(figure, input(asked, knownAt))).value, standing, value]).toEqual([asked, value, 'final', oracle.figure(asked, knownAt)]);
      for (const moment of asking(one, 4)) await expectWhatEventsSay(one, moment);
    });
  }, 3_600_000);

  test('is the same, line by line, when lanes overtake one another and everything comes twice, and when it is built anew', async () => {
    await over(server(), 3, async ({ events, ledger, roll }) => {
      await ledger.take(inOrder(events, 25));
      const straight = await ledger.dump();
      expect(straight.lines.length).toBeGreaterThan(100);
      const strange = await HostedLedger.open(server(), events);
      await strange.take(overtaking(events, roll));
      expect(await strange.dump()).toEqual(straight);
      await strange.close();
      await ledger.rebuild();
      expect(await ledger.dump()).toEqual(straight);
    });
  }, 3_600_000);

  test('shows whoever asks the total of what he may see', async () => {
    await over(server(), 3, async (one) => {
      await one.ledger.take(inOrder(one.events, 40));
      for (const moment of asking(one, 3)) for (const viewer of VIEWERS) await expectTotalOfVisible(one, moment, viewer);
    });
  }, 3_600_000);

  test('tells a figure apart into parts that open and add up, of a period also where villages changed towns', async () => {
    await over(server(), 3, async (one) => {
      await one.ledger.take(inOrder(one.events, 40));
      for (const moment of asking(one, 8)) {
        const worth = questions(one.events, moment).filter((asked) => PERIODS.includes(asked.measure) && one.oracle.figure(asked, moment.knownAt) !== 0);
        for (const asked of worth.length > 0 ? some(one.roll, worth, 6) : []) await expectToAddUp(one, asked, { knownAt: moment.knownAt, viewer: pick(one.roll, [null, ...VIEWERS]) });
      }
    });
  }, 3_600_000);
});
