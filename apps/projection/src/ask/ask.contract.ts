import { livesOf, villageId } from '../../../../test/bench/lives.js';
import { recordedLives } from '../../../../test/bench/recorded-lives.js';
import { LedgerUnderTest, sumOf, TODAY, type Answer } from '../../../../test/infra/ledger.js';
import { MEASURES } from '../measures/index.js';
import { breakdown } from './breakdown.query.js';
import { changes } from './changes.query.js';
import { drill } from './drill.query.js';
import { event } from './event.query.js';
import { figure } from './figure.query.js';
import { rate } from './rate.query.js';
import { regions } from './regions.query.js';

const ledger = new LedgerUnderTest([...recordedLives({ ...livesOf(200), villages: 25, cooperatives: 10, enterprises: 4 })]);
const HALF = ledger.events[ledger.events.length >> 1]?.recordedAt ?? 0;
beforeAll(() => ledger.start(), 120_000);
afterAll(() => ledger.stop());

describe('Asked while events still come', () => {
  const known = { measure: 'households-reached', region: '410308', asOf: TODAY, knownAt: new Date(HALF).toISOString() };
  const final = new Map<string, number>();

  test('a figure known at a time beyond what is complete is refused', async () => {
    await ledger.foldUpTo(HALF);
    await expect(ledger.ask(figure, { ...known, knownAt: new Date(ledger.last).toISOString() })).rejects.toThrow('not-known-yet');
    expect((await ledger.ask<Answer>(figure, { ...known, knownAt: undefined })).standing).toBe('provisional');
  }, 120_000);

  test('a final figure is the same for ever, whatever is recorded later', async () => {
    for (const { name } of MEASURES) {
      const answer = await ledger.ask<Answer>(figure, { ...known, measure: name });
      expect(answer.standing).toBe('final');
      final.set(name, answer.value);
    }
    await ledger.foldUpTo(ledger.last);
    for (const { name } of MEASURES) expect([name, (await ledger.ask<Answer>(figure, { ...known, measure: name })).value]).toEqual([name, final.get(name)]);
    expect((await ledger.ask<Answer>(figure, { ...known, knownAt: undefined })).value).toBeGreaterThan(final.get('households-reached') ?? 0);
  }, 120_000);
});

describe('A figure opens', () => {
  test.each(MEASURES.map(({ name }) => name))('%s is the sum of its drill, now and as known then, and its subjects have facts with events', async (measure) => {
    for (const knownAt of [undefined, new Date(HALF).toISOString()]) {
      const answer = await ledger.ask<Answer>(figure, { measure, region: '410308', asOf: TODAY, knownAt });
      const items = await ledger.opened(answer.drill, { limit: 200 });
      expect(sumOf(items)).toBe(answer.value);
      expect(items.filter(({ by }) => by.length === 0)).toEqual([]);
    }
  }, 60_000);

  test('down to its events', async () => {
    const { drill: token } = await ledger.ask<Answer>(figure, { measure: 'closed-chain-households', asOf: TODAY });
    const [first] = await ledger.opened(token);
    const told = await ledger.ask<{ type: string; fact: { kind: string } }>(event, { id: first?.by[0]?.event });
    expect(told).toMatchObject({ type: expect.stringMatching(/^[A-Z]/), fact: { subject: first?.subject.id } });
  });

  test('what was left out is told with its reason', async () => {
    const { drill: token } = await ledger.ask<Answer>(figure, { measure: 'households-reached', region: '410308', asOf: '2021-06-01' });
    const reasons = new Set((await ledger.opened(token, { list: 'left-out', limit: 100 })).map(({ reason }) => reason));
    expect(reasons).toContain('not-yet-begun');
  }, 60_000);

  test('by region and village it adds up; by cooperative it opens part by part', async () => {
    for (const dimension of ['regions', 'village']) {
      const { value, parts } = await ledger.ask<Answer>(breakdown, { measure: 'farmers-reached', dimension, region: '410308', asOf: TODAY });
      expect(parts.reduce((sum, part) => sum + part.value, 0)).toBe(value);
    }
    const { parts } = await ledger.ask<Answer>(breakdown, { measure: 'base-area', dimension: 'cooperative', region: '410308', asOf: TODAY });
    expect(parts).toHaveLength(10);
    for (const part of parts) expect(sumOf(await ledger.opened(part.drill, { limit: 200 }))).toBe(part.value);
  }, 60_000);
});

describe('Beside figures', () => {
  test('a rate is a pair that opens, with an exact percentage', async () => {
    const answer = await ledger.ask<{ percent: string; numerator: Answer; denominator: Answer }>(rate, { rate: 'cooperative-binding-rate', region: '410308', asOf: TODAY });
    expect(answer.percent).toBe(((answer.numerator.value / answer.denominator.value) * 100).toFixed(2));
    expect(sumOf(await ledger.opened(answer.numerator.drill))).toBe(answer.numerator.value);
  });

  test('an unknown measure, group, region or token is refused, saying what there is', async () => {
    await expect(ledger.ask(figure, { measure: 'nothing' })).rejects.toThrow('malformed');
    await expect(ledger.ask(figure, { measure: 'base-area', group: 'colour:red' })).rejects.toThrow('malformed');
    await expect(ledger.ask(figure, { measure: 'base-area', region: '999999' })).rejects.toThrow('malformed');
    await expect(ledger.ask(drill, { token: 'nonsense' })).rejects.toThrow('malformed');
  });

  test('changes name the villages of later folds, and those whose dated lines come due', async () => {
    const all = await ledger.ask<{ next: number; villages: string[] }>(changes, { since: 0 });
    expect(all.villages.length).toBeGreaterThan(20);
    expect(await ledger.ask(changes, { since: all.next, day: TODAY })).toMatchObject({ next: all.next, villages: [], due: [] });
    expect((await ledger.ask<{ due: string[] }>(changes, { since: all.next, day: '2021-12-31' })).due.length).toBeGreaterThan(0);
    const mine = await ledger.ask<{ villages: string[] }>(changes, { since: 0 }, [{ role: 'ANALYST', region: villageId(3) }]);
    expect(mine.villages).toEqual([villageId(3)]);
  });

  test('regions are counted as of a day', async () => {
    expect(await ledger.ask(regions, { asOf: TODAY, region: '410308' })).toMatchObject({ villages: 25, units: [{ level: 'TOWN' }, { level: 'TOWN' }] });
    expect(await ledger.ask(regions, { asOf: '2019-01-01' })).toMatchObject({ villages: 0, units: [] });
  });
});
