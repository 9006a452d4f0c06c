import { StarScored, type StarResult } from '#contracts';
import { given } from '#decider';
import { recordStar } from './record-star.js';
import { villageStar } from './village-star.js';

const first: StarResult = {
  villageId: 'r-1', year: 2022, star: 'THRIVING_INDUSTRY', asOf: '2022-07-18', sheetId: 'THRIVING_INDUSTRY.1', sheetVersion: 1, result: 'MET', progress: 100,
  explanation: [{ criterion: 'TI-5', outcome: 'MET', tests: [{ outcome: 'MET', value: 5, threshold: 1, missing: [], entered: [], figures: [{ measure: 'contracted-chain-households', version: 1, group: null, value: 5, drill: 'token-of-july' }] }] }],
};
const counted = (value: number, drill = 'token-of-july'): StarResult['explanation'] => [{ criterion: 'TI-5', outcome: 'MET', tests: [{ outcome: 'MET', value, threshold: 1, missing: [], entered: [], figures: [{ measure: 'contracted-chain-households', version: 1, group: null, value, drill }] }] }];
const stream = villageStar.at('r-1.THRIVING_INDUSTRY');
const after = given().events(stream, StarScored.of(first, first.asOf));

describe('A result', () => {
  test('is recorded', () => given().when(recordStar, { ...first, seen: 0 }).emits(StarScored.of(first, first.asOf)));
  test('that says the same on another day is not recorded again, though its drill tokens are of that day', () =>
    after.when(recordStar, { ...first, asOf: '2022-07-19', explanation: counted(5, 'token-of-august'), seen: 1 }).emits());
  test('is the same whatever the order of its fields', () => {
    const [explained] = first.explanation;
    const turned = Object.fromEntries(Object.entries(explained ?? {}).reverse()) as StarResult['explanation'][number];
    after.when(recordStar, { ...first, explanation: [turned], seen: 1 }).emits();
  });
  test.each<[string, Partial<StarResult>]>([
    ['another outcome', { result: 'NOT_MET' }],
    ['another explanation of the same outcome', { explanation: counted(4) }],
    ['another sheet', { sheetId: 'THRIVING_INDUSTRY.2', sheetVersion: 2 }],
    ['another year', { year: 2023 }],
  ])('with %s is recorded beside the last one', (_, change) => {
    const next = { ...first, asOf: '2022-08-01', ...change };
    after.when(recordStar, { ...next, seen: 1 }).emits(StarScored.of(next, '2022-08-01'));
  });
  test('comes back as a new one after another', () => {
    const other = { ...first, result: 'NOT_MET' as const };
    after.events(stream, StarScored.of(other, other.asOf)).when(recordStar, { ...first, seen: 2 }).emits(StarScored.of(first, first.asOf));
  });
  test('of somebody who has not seen the last one is not recorded', () => {
    after.when(recordStar, { ...first, result: 'NOT_MET' as const, seen: 0 }).rejects('overtaken');
    after.when(recordStar, { ...first, result: 'NOT_MET' as const, seen: 2 }).rejects('overtaken');
  });
});
