import { setTimeout as pause } from 'node:timers/promises';
import { bound, claimed, StarTrial, VALUES } from '../../../../test/star-trial.js';
import { industrySheet2022 } from '../service.js';

const trial = new StarTrial();
const resident = (h: string, yes: boolean) => trial.state('farmer', h, 'HouseholdStandingCorrected', { factId: `${h}.2`, from: '2022-01-01', householdId: h, resident: yes, eligible: true });
/** Waits until the last result of r-2 rests on so many resident households. */
const residentsAre = async (n: number) => {
  const residents = async () => (await trial.results('r-2')).at(-1)?.criteria.find(({ id }) => id === 'TI-2')?.tests[0]?.figures[0]?.value;
  for (let tries = 0; tries < 300 && (await residents()) !== n; tries += 1) await pause(100);
  expect(await residents()).toBe(n);
};

beforeAll(async () => {
  await trial.open();
  await trial.settle();
  await trial.give('district', '/star/sheets', industrySheet2022());
  for (const [criterion, value] of Object.entries(VALUES)) await trial.enter('r-1', criterion, value);
  await trial.follows({ result: 'MET' });
  await trial.follows({ result: 'UNKNOWN' }, 'r-2');
}, 120_000);
afterAll(() => trial.end(), 60_000);

describe('A result follows by itself', () => {
  test('when a figure moves, and the past one is kept', async () => {
    const before = await trial.results();
    await trial.state('cooperative', 'h-r-1-5', 'FarmerBindingEnded', bound('h-r-1-5', { to: '2022-07-01', state: 'ENDED', endReason: 'WITHDRAWN' }));
    await trial.follows({ result: 'NOT_MET', unmet: ['TI-5'] });
    const after = await trial.results();
    expect(after.slice(0, before.length - 1)).toEqual(before.slice(0, -1));
    expect([before.at(-1), after[before.length - 1]]).toMatchObject([{ result: 'MET', until: null }, { result: 'MET', until: '2022-07-18' }]);
    expect([(await trial.star('asOf=2022-06-30')).result, (await trial.star()).result]).toEqual(['MET', 'NOT_MET']);
  }, 60_000);

  test('when the mistake is put right', async () => {
    await trial.state('cooperative', 'h-r-1-5', 'FarmerBindingCorrected', bound('h-r-1-5'));
    await trial.follows({ result: 'MET', unmet: [] });
  }, 60_000);

  test('when a value is corrected, followed by a later one, voided, and entered again without and with evidence', async () => {
    const value = '/star/villages/r-1/values/r-1.value';
    await trial.give('village', `${value}.2/correct`, { value: 49.99 });
    await trial.follows({ result: 'NOT_MET', unmet: ['TI-1'] });
    await trial.enter('r-1', 'TI-1', 55, { validFrom: '2022-07-10' });
    await trial.follows({ result: 'MET' });
    expect((await trial.star('asOf=2022-07-09')).unmet).toEqual(['TI-1']);
    await trial.give('village', `${value}.8/void`);
    await trial.follows({ result: 'UNKNOWN', unknown: ['TI-7'] });
    await trial.enter('r-1', 'TI-7', true, { evidence: undefined });
    expect(await trial.star()).toMatchObject({ result: 'UNKNOWN', unknown: ['TI-7'] });
    await trial.give('village', `${value}.10/correct`, { evidence: '绿色食品证书' });
    await trial.follows({ result: 'MET' });
  }, 60_000);

  test('when a value that was entered ahead comes into force', async () => {
    await trial.enter('r-1', 'TI-1', 40, { validFrom: '2022-08-01' });
    // What is recorded after it was seen after it.
    await trial.enter('r-1', 'TI-3', 69, { validFrom: '2022-07-11' });
    await trial.follows({ result: 'NOT_MET', unmet: ['TI-3'] });
    await trial.give('village', '/star/villages/r-1/values/r-1.value.12/void');
    await trial.follows({ result: 'MET', asOf: '2022-07-18' });
    trial.set('2022-08-01T00:10:00+08:00');
    await trial.follows({ result: 'NOT_MET', unmet: ['TI-1'], asOf: '2022-08-01' });
    await trial.give('village', '/star/villages/r-1/values/r-1.value.11/void');
    await trial.follows({ result: 'MET', asOf: '2022-08-01' });
  }, 60_000);

  test('when a recognition lapses, though nothing was recorded', async () => {
    trial.set('2022-10-31T23:50:00+08:00');
    expect((await trial.star('asOf=2022-10-31')).result).toBe('MET');
    trial.set('2022-11-01T00:10:00+08:00');
    await trial.follows({ result: 'NOT_MET', unmet: ['TI-5'], asOf: '2022-11-01' });
  }, 60_000);

  test('when a later sheet is published, for its days only', async () => {
    const { criteria, ...sheet } = industrySheet2022();
    await trial.give('district', '/star/sheets', { ...sheet, version: 2, validFrom: '2022-11-01', criteria: criteria.filter(({ id }) => id !== 'TI-5') });
    await trial.follows({ result: 'MET', sheetVersion: 2, asOf: '2022-11-01' });
    expect(await trial.star('asOf=2022-10-31')).toMatchObject({ result: 'MET', sheet: { version: 1 } });
    expect(await trial.star('asOf=2022-11-01')).toMatchObject({ result: 'MET', sheet: { version: 2 } });
  }, 60_000);

  test('when it moved while nobody was there to see it', async () => {
    await trial.close();
    await trial.open({ star: false });
    await trial.state('cooperative', 'h-r-1-4', 'LandClaimEnded', claimed('h-r-1-4', { to: '2022-07-01' }));
    await trial.close();
    await trial.open();
    await trial.follows({ result: 'NOT_MET', unmet: ['TI-2'] });
  }, 120_000);

  test('when it is cut off in the midst of its work, again and again: nothing missed, nothing twice', async () => {
    const before = (await trial.results('r-2')).length;
    for (let n = 1; n <= 12; n += 1) {
      await resident('h-r-2-9', n % 2 === 0);
      await pause(n * 100);
      await trial.cut();
    }
    await resident('h-r-2-9', false);
    await residentsAre(9);
    const results = await trial.results('r-2');
    expect(results.length).toBeGreaterThan(before);
    expect(results.filter(({ criteria }, i) => i > 0 && JSON.stringify(criteria) === JSON.stringify(results[i - 1]?.criteria))).toEqual([]);
  }, 180_000);

  test('when a village is registered', async () => {
    await trial.state('farmer', 'r-3', 'RegionRegistered', { factId: 'r-3.1', from: '2022-11-01', regionId: 'r-3', level: 'VILLAGE', kind: 'VILLAGE', code: '410308103212', name: '权家岭村民委员会', parentId: 'r-t' });
    await trial.follows({ result: 'UNKNOWN', asOf: '2022-11-01' }, 'r-3');
  }, 60_000);

  test('and is the same when every view was built anew: only what comes after it is recorded', async () => {
    const before = [await trial.results(), await trial.results('r-2')] as const;
    await trial.rebuild(['projection/figures', 'star/star_values', 'star/standard_sheets', 'star/villages', 'star/star_results']);
    await resident('h-r-2-9', true);
    await residentsAre(10);
    await trial.enter('r-2', 'TI-1', 80);
    await trial.follows({ unknown: ['TI-2', 'TI-3', 'TI-4', 'TI-6', 'TI-7'] }, 'r-2');
    expect(await trial.results()).toEqual(before[0]);
    expect(await trial.results('r-2')).toHaveLength(before[1].length + 2);
  }, 120_000);

  test('when the projection was built anew, and it moved, while nobody was there to see it', async () => {
    await trial.close();
    await trial.open({ star: false });
    await resident('h-r-2-8', false);
    await trial.rebuild(['projection/figures']);
    await trial.close();
    await trial.open();
    await residentsAre(9);
  }, 180_000);

  test('in a new year, for which nothing was entered yet', async () => {
    trial.set('2023-01-01T00:10:00+08:00');
    await trial.follows({ result: 'UNKNOWN', unknown: ['TI-1', 'TI-2', 'TI-3', 'TI-4', 'TI-6', 'TI-7'], asOf: '2023-01-01' });
    expect((await trial.star('asOf=2022-12-31')).result).toBe('NOT_MET');
  }, 60_000);
});
