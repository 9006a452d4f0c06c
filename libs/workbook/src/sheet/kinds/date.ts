import { isDay, normalise } from '#standards';
import type { ColumnKind, Given } from '../kind.js';
import { errors, found, none, notes } from './finding.js';

const MIDNIGHT = /[T\s]+0{1,2}:00(:00(\.0+)?)?$/;
const FORMS = [/^(\d{4})([-./])(\d{1,2})\2(\d{1,2})$/, /^(\d{4})(年)(\d{1,2})月(\d{1,2})[日号]$/, /^(\d{4})()(\d{2})(\d{2})$/];
const MONTH = /^(\d{4})年(\d{1,2})月$/;
const two = (text: string): string => text.padStart(2, '0');

const dayIn = (text: string): string | null => {
  for (const form of FORMS) {
    const [, year, , month = '', day = ''] = form.exec(text) ?? [];
    if (year) return `${year}-${two(month)}-${two(day)}`;
  }
  return null;
};

const readDay = (given: Given, code: string, future: boolean) => {
  const text = normalise(given.cell.text.replace(MIDNIGHT, ''));
  const month = MONTH.exec(text);
  const day = month ? `${month[1]}-${two(month[2] ?? '')}-01` : dayIn(text);
  if (day === null || !isDay(day)) return none(given, `${code}-format`);
  if (!future && day > given.surroundings.today) return none(given, `${code}-future`);
  return { value: day, findings: month ? [found(given, `${code}-first-of-month`, day)] : [] };
};

/** A day as a date cell or as people write it. `future`: days after today are accepted. */
export const date = (code: string, future = false): ColumnKind => ({
  name: 'date',
  asText: false,
  accepts: { zh: '日期，如 2022-03-01、2022.3.1、2022年3月1日、20220301', en: 'a date: 2022-03-01, 2022.3.1, 20220301' },
  codes: {
    ...errors({
      [`${code}-format`]: ['不是日期', 'no date', '如 2022-03-01'],
      ...(future ? {} : { [`${code}-future`]: ['日期在今天之后', 'the date is in the future', '今天或之前的日期'] as const }),
    }),
    ...notes({ [`${code}-first-of-month`]: ['只有年月，按当月 1 日', 'only a month: taken as its first day'] }),
  },
  repeats: true,
  read: (given) => readDay(given, code, future),
});
