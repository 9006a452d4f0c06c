import fc from 'fast-check';
import { addDays, dayNumber, dayOf, endOfDay, fromDayNumber, isDay, yearStart } from './index.js';

const today = '2022-07-18';

describe('Days in Shanghai', () => {
  test('a day begins at 16:00 UTC of the day before', () => expect([dayOf(Date.parse('2022-07-17T15:59:59Z')), dayOf(Date.parse('2022-07-17T16:00:00Z'))]).toEqual(['2022-07-17', '2022-07-18']));
  test('a day ends with its last millisecond', () => expect([dayOf(endOfDay(today)), dayOf(endOfDay(today) + 1)]).toEqual([today, '2022-07-19']));
  test('days that do not exist are refused', () => expect(['2022-02-29', '2022-13-01', '2022-1-1', '', '2022-00-10', '2022-01-32', '20220101', '2022-01-01T00:00'].map(isDay)).toEqual(Array(8).fill(false)));
  test('days that do exist are accepted', () => expect(['2024-02-29', '2000-02-29', '1880-01-01', today].map(isDay)).toEqual(Array(4).fill(true)));
  test('numbers and days are each other', () => fc.assert(fc.property(fc.integer({ min: -719_162, max: 60_000 }), (n) => expect(dayNumber(fromDayNumber(n))).toBe(n))));
  test('adding days goes over month ends', () => expect([addDays('2024-02-28', 1), addDays('2022-12-31', 1), addDays('2022-03-01', -1), yearStart(today)]).toEqual(['2024-02-29', '2023-01-01', '2022-02-28', '2022-01-01']));
});
