import { starValue, type StandardSheet, type StarValueData } from '#contracts';
import { given } from '#decider';
import { industrySheet2022 } from '../sheet/default-sheet.js';
import { correctStarValue } from './correct-star-value.js';
import { enterStarValue, type EnterStarValue } from './enter-star-value.js';
import { starValues } from './star-values.js';
import { voidStarValue } from './void-star-value.js';

const { validFrom, ...rest } = industrySheet2022();
const sheet: StandardSheet = { sheetId: 'THRIVING_INDUSTRY.1', from: validFrom, ...rest };
const knowing = given().facts({ village: { villageId: 'r-1' }, sheets: [sheet] });
const input: EnterStarValue = { villageId: 'r-1', criterion: 'TI-1', value: 62, evidence: '统计台账', validFrom: '2022-06-30' };
const fact: StarValueData = { factId: 'r-1.value.1', from: '2022-06-30', villageId: 'r-1', year: 2022, criterion: 'TI-1', value: 62, evidence: '统计台账' };
const { StarValueEntered, StarValueCorrected, StarValueVoided } = starValue.events;
const entered = knowing.events(starValues.at('r-1'), StarValueEntered.of(fact, fact.from));

describe('A value for a star', () => {
  test('is entered with its evidence, for the year of its first day', () => knowing.when(enterStarValue, input).emits(StarValueEntered.of(fact, fact.from)));
  test('may wait for its evidence', () => {
    const { evidence: _, ...unproven } = fact;
    knowing.when(enterStarValue, { ...input, evidence: undefined }).emits(StarValueEntered.of(unproven, fact.from));
    knowing.events(starValues.at('r-1'), StarValueEntered.of(unproven, fact.from)).when(correctStarValue, { villageId: 'r-1', valueId: fact.factId, evidence: '统计台账' }).emits(StarValueCorrected.of(fact, fact.from));
  });
  test('is asked for by a sheet in force on its first day', () => {
    knowing.when(enterStarValue, { ...input, criterion: 'TI-9' }).rejects('not-asked');
    knowing.when(enterStarValue, { ...input, validFrom: '2021-12-31' }).rejects('not-asked');
    knowing.when(enterStarValue, { ...input, criterion: 'TI-2' }).rejects('not-asked');
  });
  test.each<[string, unknown]>([['TI-1', '62'], ['TI-1', true], ['TI-1', 62.00001], ['TI-1', Number.NaN], ['TI-7', 'yes'], ['leading-product', 1], ['leading-product', ''], ['leading-product', 'x'.repeat(101)], ['TI-4.profile', 'CITY'], ['TI-1', { a: 1 }]])(
    'for %s is not %p', (criterion, value) => knowing.when(enterStarValue, { ...input, criterion, value: value as never }).rejects('not-as-asked'));
  test.each<[string, string | number | boolean]>([['TI-1', 49.99], ['TI-7', false], ['leading-product', '桃'], ['TI-4.profile', 'FLOOR'], ['TI-6.reference', 18_000]])('for %s may be %p', (criterion, value) =>
    expect(knowing.when(enterStarValue, { ...input, criterion, value }).emitted()).toHaveLength(1));
  test('is one a criterion and day: the second corrects the first', () => {
    entered.when(enterStarValue, { ...input, value: 63 }).rejects('already-entered');
    expect(entered.when(enterStarValue, { ...input, criterion: 'TI-3' }).emitted()).toHaveLength(1);
    expect(entered.when(enterStarValue, { ...input, validFrom: '2022-07-01' }).emitted()).toHaveLength(1);
  });
  test('is corrected, also to another day and so another year', () => {
    entered.when(correctStarValue, { villageId: 'r-1', valueId: fact.factId, value: 63 }).emits(StarValueCorrected.of({ ...fact, value: 63 }, fact.from));
    entered.when(correctStarValue, { villageId: 'r-1', valueId: fact.factId, validFrom: '2023-01-05' }).emits(StarValueCorrected.of({ ...fact, from: '2023-01-05', year: 2023 }, '2023-01-05'));
    entered.when(correctStarValue, { villageId: 'r-1', valueId: fact.factId, value: 62 }).emits();
    entered.when(correctStarValue, { villageId: 'r-1', valueId: fact.factId, value: '高' }).rejects('not-as-asked');
    entered.when(correctStarValue, { villageId: 'r-1', valueId: fact.factId, validFrom: '2021-01-05' }).rejects('not-asked');
    entered.when(correctStarValue, { villageId: 'r-1', valueId: 'r-1.value.9', value: 1 }).rejects('no-such-value');
  });
  test('is not corrected onto a day that has one', () =>
    entered.events(starValues.at('r-1'), StarValueEntered.of({ ...fact, factId: 'r-1.value.2', from: '2022-07-01' }, '2022-07-01'))
      .when(correctStarValue, { villageId: 'r-1', valueId: 'r-1.value.2', validFrom: '2022-06-30' }).rejects('already-entered'));
  test('is voided once, and its day is free again', () => {
    entered.when(voidStarValue, { villageId: 'r-1', valueId: fact.factId }).emits(StarValueVoided.of(fact, fact.from));
    const voided = entered.events(starValues.at('r-1'), StarValueVoided.of(fact, fact.from));
    voided.when(voidStarValue, { villageId: 'r-1', valueId: fact.factId }).rejects('no-such-value');
    voided.when(enterStarValue, input).emits(StarValueEntered.of({ ...fact, factId: 'r-1.value.2' }, fact.from));
  });
});
