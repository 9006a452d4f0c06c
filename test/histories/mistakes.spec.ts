import type { RecordedEvent } from '#decider';
import { derive } from '../../apps/projection/src/ledger/index.js';
import { stories } from './history.js';
import { InMemoryLedger, versionsOf } from './in-memory-ledger.js';
import { MISTAKES, type Mistake } from './mistakes.js';
import { Oracle, type Asked } from './oracle/oracle.js';
import { dice } from '../infra/dice.js';
import { moments, questions } from './questions.js';
import { sampled } from './runs.js';

interface Told {
  readonly events: readonly RecordedEvent[];
  readonly truths: readonly { asked: Asked; knownAt: number; truth: number }[];
}
let told: readonly Told[] = [];
beforeAll(async () => {
  const histories = await sampled(stories(60, 90), 20);
  told = histories.map((events, seed) => {
    const oracle = new Oracle(events);
    const truths = moments(events, dice(seed), 12).flatMap((moment) => questions(events, moment).flatMap((asked) => {
      const { knownAt } = moment;
      const parts = [...oracle.partsOf(asked, knownAt)].map(([part, truth]) => ({ asked: part, knownAt, truth }));
      return [{ asked, knownAt, truth: oracle.figure(asked, knownAt) }, ...parts];
    }));
    return { events, truths };
  });
}, 300_000);

/** How many histories it takes until an answer differs from what the events say; null when none does. */
const seenAfter = ({ answers }: Mistake): number | null => {
  const found = told.findIndex(({ events, truths }) => {
    const answer = answers(events);
    return truths.some(({ asked, knownAt, truth }) => answer(asked, knownAt) !== truth);
  });
  return found < 0 ? null : found + 1;
};

describe('A mistake in the ledger is seen', () => {
  test('where there is none, nothing is seen', () => {
    expect(seenAfter({ name: 'none', answers: (events) => { const ledger = new InMemoryLedger(versionsOf(events), derive); return (asked, knownAt) => ledger.figure(asked, knownAt); } })).toBeNull();
  }, 300_000);

  test.each(MISTAKES.map((mistake) => [mistake.name, mistake] as const))('%s', (_, mistake) => expect(seenAfter(mistake)).not.toBeNull(), 300_000);
});
