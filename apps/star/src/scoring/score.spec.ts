import type { Criterion, EnteredValue } from '#contracts';
import { industrySheet2022 } from '../sheet/default-sheet.js';
import { score, type Figure } from './score.js';

const { criteria } = industrySheet2022();

/** A village that meets everything of the sheet of 2022. */
const VALUES: Readonly<Record<string, EnteredValue>> = { 'leading-product': '桃', 'TI-1': 62, 'TI-3': 75, 'TI-4': 15, 'TI-4.profile': 'VILLAGE', 'TI-6': 19_200, 'TI-6.reference': 18_000, 'TI-7': true };
const FIGURES: Readonly<Record<string, number>> = {
  'engaged-resident-households product:桃': 340, 'resident-households': 700, 'contracted-chain-households': 340, 'bound-eligible-households': 340, 'eligible-households': 560,
};
interface But {
  readonly values?: Readonly<Record<string, EnteredValue | undefined>>;
  readonly figures?: Readonly<Record<string, number | undefined>>;
  readonly unproven?: string;
  readonly by?: readonly Criterion[];
}
const scored = ({ values = {}, figures = {}, unproven, by = criteria }: But = {}) => {
  const [entered, counted] = [{ ...VALUES, ...values }, { ...FIGURES, ...figures }];
  const figure = (value: number | undefined): Figure | undefined => (value === undefined ? undefined : { value, version: 1, drill: 'token' });
  return score(by, {
    value: (input) => (entered[input] === undefined ? undefined : { valueId: `v-${input}`, value: entered[input], evidence: input === unproven ? null : '文件' }),
    figure: (measure, group) => figure(counted[group === null ? measure : `${measure} ${group}`]),
  });
};
const outcomeOf = (id: string, but: But = {}) => scored(but).explanation.find(({ criterion }) => criterion === id)?.outcome;
const testsOf = (id: string, but: But = {}) => scored(but).explanation.find(({ criterion }) => criterion === id)?.tests;

describe('A village has the star', () => {
  test('when every mandatory criterion is met', () => expect(scored()).toMatchObject({ result: 'MET', progress: 100 }));
  test('not when one of them is not met', () => expect(scored({ values: { 'TI-1': 49.99 } }).result).toBe('NOT_MET'));
  test('not when one of them is unknown', () => expect(scored({ values: { 'TI-7': undefined } }).result).toBe('UNKNOWN'));
  test('not met outweighs unknown', () => expect(scored({ values: { 'TI-1': 1, 'TI-7': undefined } }).result).toBe('NOT_MET'));
  test('whatever becomes of a criterion that is not mandatory', () => {
    const by = criteria.map((criterion) => ({ ...criterion, mandatory: criterion.id !== 'TI-1' }));
    expect(scored({ by, values: { 'TI-1': 1 } })).toMatchObject({ result: 'MET', progress: 85 });
  });
  test('by the thresholds of the sheet, not by ours', () => {
    const by = criteria.map((criterion): Criterion => (criterion.id === 'TI-1' ? { ...criterion, tests: [{ kind: 'ENTERED_NUMBER', input: 'TI-1', unit: { zh: '%', en: '%' }, comparison: 'AT_LEAST', threshold: { kind: 'FIXED', value: 63 } }] } : criterion));
    expect(scored({ by }).result).toBe('NOT_MET');
  });
});

describe('Weights', () => {
  test('drive the progress and nothing else', () => {
    expect(scored({ values: { 'TI-1': 1 } })).toMatchObject({ result: 'NOT_MET', progress: 85 });
    const heavy = criteria.map((criterion) => ({ ...criterion, weight: criterion.id === 'TI-1' ? 0 : 1000 }));
    expect(scored({ by: heavy, values: { 'TI-1': 1 } })).toMatchObject({ result: 'NOT_MET', progress: 100 });
  });
  test('of nothing make no progress', () => expect(scored({ by: criteria.map((criterion) => ({ ...criterion, weight: 0 })) })).toMatchObject({ result: 'MET', progress: 0 }));
  test('are rounded down, so that 100 says all', () => {
    const by = criteria.map((criterion, i) => ({ ...criterion, weight: i === 0 ? 1 : 1000 }));
    expect(scored({ by, values: { 'TI-1': 1 } }).progress).toBe(99);
  });
});

describe('An entered number', () => {
  test('equal to its threshold is met, a hundredth below it is not', () => {
    expect([outcomeOf('TI-1', { values: { 'TI-1': 50 } }), outcomeOf('TI-1', { values: { 'TI-1': 49.99 } })]).toEqual(['MET', 'NOT_MET']);
    expect([outcomeOf('TI-3', { values: { 'TI-3': 70 } }), outcomeOf('TI-3', { values: { 'TI-3': 69.9999 } })]).toEqual(['MET', 'NOT_MET']);
  });
  test.each([['COMMUNITY', 20, 19.99], ['VILLAGE', 10, 9.99], ['FLOOR', 5, 4.99]])('is judged by the profile of the village: %s at least %d', (profile, enough, tooLittle) => {
    const at = (income: number) => outcomeOf('TI-4', { values: { 'TI-4.profile': profile, 'TI-4': income } });
    expect([at(enough), at(tooLittle)]).toEqual(['MET', 'NOT_MET']);
  });
  test('is unknown under a profile that the sheet does not name', () =>
    expect(testsOf('TI-4', { values: { 'TI-4.profile': 'CITY' } })).toMatchObject([{ outcome: 'UNKNOWN', threshold: null, missing: [{ what: 'TI-4.profile', reason: 'NOT_AS_ASKED' }] }]));
  test('is judged by an entered reference: equal to it is met', () => {
    expect([outcomeOf('TI-6', { values: { 'TI-6': 18_000 } }), outcomeOf('TI-6', { values: { 'TI-6': 17_999.99 } }), outcomeOf('TI-6', { values: { 'TI-6.reference': undefined } })]).toEqual(['MET', 'NOT_MET', 'UNKNOWN']);
  });
  test('is judged by a share of the reference without rounding', () => {
    const by = criteria.map((criterion): Criterion => ({ ...criterion, tests: criterion.tests.map((test) => (test.kind === 'ENTERED_NUMBER' && test.threshold.kind === 'ENTERED' ? { ...test, threshold: { ...test.threshold, percent: 110 } } : test)) }));
    const at = (income: number) => outcomeOf('TI-6', { by, values: { 'TI-6.reference': 0.3, 'TI-6': income } });
    expect([at(0.33), at(0.3299)]).toEqual(['MET', 'NOT_MET']);
  });
  test('may have to stay at or below a threshold', () => {
    const by: Criterion[] = [{ id: 'SL-1', title: { zh: '零上访', en: 'No petitions' }, mandatory: true, weight: 1, tests: [{ kind: 'ENTERED_NUMBER', input: 'SL-1', unit: { zh: '件', en: 'cases' }, comparison: 'AT_MOST', threshold: { kind: 'FIXED', value: 0 } }] }];
    expect([outcomeOf('SL-1', { by, values: { 'SL-1': 0 } }), outcomeOf('SL-1', { by, values: { 'SL-1': 1 } })]).toEqual(['MET', 'NOT_MET']);
  });
});

describe('Yes or no', () => {
  test('yes is met, no is not, nothing entered is unknown', () =>
    expect([true, false, undefined].map((value) => outcomeOf('TI-7', { values: { 'TI-7': value } }))).toEqual(['MET', 'NOT_MET', 'UNKNOWN']));
});

describe('Evidence', () => {
  test.each(['leading-product', 'TI-1', 'TI-3', 'TI-4', 'TI-4.profile', 'TI-6', 'TI-6.reference', 'TI-7'])('%s without it is unknown, so no star', (input) => {
    const { result, explanation } = scored({ unproven: input });
    expect(result).toBe('UNKNOWN');
    expect(explanation.flatMap(({ tests }) => tests.flatMap(({ missing }) => missing))).toEqual([{ what: input, reason: 'NO_EVIDENCE' }]);
  });
  test('of a value of another kind than asked for does not help', () =>
    expect(testsOf('TI-1', { values: { 'TI-1': true } })).toMatchObject([{ outcome: 'UNKNOWN', value: null, missing: [{ what: 'TI-1', reason: 'NOT_AS_ASKED' }] }]));
});

describe('A rate of the projection', () => {
  test('equal to its threshold is met, one household below it is not', () => {
    const at = (engaged: number) => outcomeOf('TI-2', { figures: { 'engaged-resident-households product:桃': engaged, 'resident-households': 625 } });
    expect([at(250), at(249)]).toEqual(['MET', 'NOT_MET']);
  });
  test('is compared exactly, though it is told with two decimals', () =>
    expect(testsOf('TI-2', { figures: { 'engaged-resident-households product:桃': 399_999, 'resident-households': 1_000_000 } })).toMatchObject([{ outcome: 'NOT_MET', value: '40.00', threshold: 40 }]));
  test('counts the households engaged in the leading product that was entered', () => {
    expect(outcomeOf('TI-2', { values: { 'leading-product': '西瓜' }, figures: { 'engaged-resident-households product:西瓜': 10 } })).toBe('NOT_MET');
    expect(testsOf('TI-2', { values: { 'leading-product': undefined } })).toMatchObject([{ outcome: 'UNKNOWN', missing: [{ what: 'leading-product', reason: 'NOT_ENTERED' }] }]);
  });
  test('of nobody is unknown', () =>
    expect(testsOf('TI-5', { figures: { 'bound-eligible-households': 0, 'eligible-households': 0 } })?.[1]).toMatchObject({ outcome: 'UNKNOWN', missing: [{ what: 'eligible-households', reason: 'NOTHING_BELOW' }] }));
});

describe('Dual binding', () => {
  test.each([
    ['one household in a contracted chain and half of the eligible bound', 1, 280, 'MET'],
    ['no household in a contracted chain', 0, 560, 'NOT_MET'],
    ['one bound household less than half', 340, 279, 'NOT_MET'],
  ])('%s', (_, chained, bound, outcome) => expect(outcomeOf('TI-5', { figures: { 'contracted-chain-households': chained, 'bound-eligible-households': bound } })).toBe(outcome));
  test('is unknown while the projection does not know the village', () =>
    expect(testsOf('TI-5', { figures: { 'contracted-chain-households': undefined } })?.[0]).toMatchObject({ outcome: 'UNKNOWN', missing: [{ what: 'contracted-chain-households', reason: 'NO_FIGURE' }] }));
});

describe('The explanation', () => {
  test('tells each value with its threshold, what was entered and the figures with their drill tokens', () => {
    expect(testsOf('TI-4')).toEqual([{ outcome: 'MET', value: 15, threshold: 10, missing: [], entered: [{ input: 'TI-4', valueId: 'v-TI-4', value: 15 }, { input: 'TI-4.profile', valueId: 'v-TI-4.profile', value: 'VILLAGE' }], figures: [] }]);
    expect(testsOf('TI-2')).toEqual([{
      outcome: 'MET', value: '48.57', threshold: 40, missing: [], entered: [{ input: 'leading-product', valueId: 'v-leading-product', value: '桃' }],
      figures: [{ measure: 'engaged-resident-households', version: 1, group: 'product:桃', value: 340, drill: 'token' }, { measure: 'resident-households', version: 1, group: null, value: 700, drill: 'token' }],
    }]);
    expect(testsOf('TI-5')?.map(({ value, threshold }) => [value, threshold])).toEqual([[340, 1], ['60.71', 50]]);
  });
});
