import { StandardSheetPublished, type StandardSheet } from '#contracts';
import { given } from '#decider';
import { industrySheet2022 } from './default-sheet.js';
import { publishStandardSheet } from './publish-standard-sheet.js';
import { sheetOn, standardSheet } from './standard-sheet.js';

const proposal = industrySheet2022();
const { validFrom, ...rest } = proposal;
const first: StandardSheet = { sheetId: 'THRIVING_INDUSTRY.1', from: validFrom, ...rest };
const published = StandardSheetPublished.of(first, validFrom);
const after = given().events(standardSheet.at('THRIVING_INDUSTRY'), published);
const [one, two] = proposal.criteria;

describe('A standard sheet', () => {
  test('of 2022 for the industry star has TI-1 to TI-7, all mandatory, with weights of 100', () => {
    expect(proposal.criteria.map(({ id, mandatory }) => [id, mandatory])).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => [`TI-${n}`, true]));
    expect(proposal.criteria.reduce((sum, { weight }) => sum + weight, 0)).toBe(100);
  });
  test('is published as data', () => given().when(publishStandardSheet, proposal).emits(published));
  test('holds from today when no day is told', () => given().when(publishStandardSheet, { ...proposal, validFrom: undefined }).emits(StandardSheetPublished.of({ ...first, from: '2022-07-18' }, '2022-07-18')));
  test('is never edited, only followed by the next version', () => {
    after.when(publishStandardSheet, proposal).rejects('not-next');
    after.when(publishStandardSheet, { ...proposal, version: 3 }).rejects('not-next');
    expect(after.when(publishStandardSheet, { ...proposal, version: 2 }).emitted().map(({ event }) => (event.data as StandardSheet).sheetId)).toEqual(['THRIVING_INDUSTRY.2']);
  });
  test.each<[string, unknown]>([
    ['without a mandatory criterion', [{ ...one, mandatory: false }]],
    ['with a criterion twice', [one, one]],
    ['with an input asked for as a number and as yes or no', [one, { ...two, tests: [{ kind: 'ENTERED_YES', input: 'TI-1' }] }]],
    ['with a test of a kind that is not known', [{ ...one, tests: [{ kind: 'GUESSED' }] }]],
    ['with a field too many', [{ ...one, note: 'x' }]],
    ['with a criterion without tests', [{ ...one, tests: [] }]],
  ])('%s is refused', (_, criteria) => given().when(publishStandardSheet, { ...proposal, criteria: criteria as never }).rejects('not-a-sheet'));
});

describe('In force on a day', () => {
  const sheets = [{ version: 1, from: '2022-01-01' }, { version: 2, from: '2023-01-01' }, { version: 3, from: '2022-07-01' }];
  test('is none before the first day of the first', () => expect(sheetOn(sheets, '2021-12-31')).toBeUndefined());
  test('is the highest version whose first day is not later', () =>
    expect(['2022-01-01', '2022-06-30', '2022-07-01', '2023-01-01'].map((day) => sheetOn(sheets, day)?.version)).toEqual([1, 1, 3, 3]));
});
