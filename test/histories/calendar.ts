import { addDays } from '#standards';

/** Days on which things happen: near the ends of months and years, and close enough to one another that they meet. */
export const DAYS: readonly string[] = [
  '2021-11-30', '2021-12-01', '2021-12-30', '2021-12-31', '2022-01-01', '2022-01-02', '2022-01-31', '2022-02-01', '2022-02-28', '2022-03-01',
  '2022-03-10', '2022-03-31', '2022-04-01', '2022-04-15', '2022-05-31', '2022-06-01', '2022-06-30', '2022-07-01', '2022-07-18', '2022-07-31',
  '2022-08-01', '2022-09-15', '2022-10-01', '2022-12-30', '2022-12-31', '2023-01-01', '2023-01-02', '2023-02-01',
];

/** Days asked about: those, the days beside them, and days long before and after. */
export const ASKED_DAYS: readonly string[] = [...new Set(['2021-06-01', ...DAYS.flatMap((day) => [addDays(day, -1), day, addDays(day, 1)]), '2024-01-01'])].sort();

/** When the first command is given. */
export const OPENING = Date.parse('2022-01-05T08:00:00+08:00');
/** How long after the command before a next one comes, in milliseconds: often within the same one. */
export const PAUSES: readonly number[] = [0, 0, 0, 1, 1, 60_000, 86_400_000, 9 * 86_400_000, 30 * 86_400_000];
