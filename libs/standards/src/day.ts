/** Calendar days in Asia/Shanghai (UTC+8, no summer time since 1991), as `YYYY-MM-DD` or as a number of days since 1970-01-01. */
const DAY_MS = 86_400_000;
const SHANGHAI_MS = 8 * 3_600_000;

/** The calendar day of an instant (epoch ms). */
export const dayOf = (ms: number): string => new Date(ms + SHANGHAI_MS).toISOString().slice(0, 10);
/** The last millisecond of a day: what a date means as `knownAt`. */
export const endOfDay = (day: string): number => (dayNumber(day) + 1) * DAY_MS - SHANGHAI_MS - 1;

export const fromDayNumber = (n: number): string => new Date(n * DAY_MS).toISOString().slice(0, 10);
const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const daysIn = (year: number, month: number): number => (month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : (LENGTHS[month - 1] ?? 0));
/** Asked of every fact of a ledger and every person of a large file: by arithmetic, without making a date. */
const partsOf = (text: string): readonly [year: number, month: number, day: number] | null => {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  const [year, month, day] = [Number(found?.[1]), Number(found?.[2]), Number(found?.[3])];
  return day >= 1 && day <= daysIn(year, month) ? [year, month, day] : null;
};
export const isDay = (text: string): boolean => partsOf(text) !== null;

/** The calendar repeats; `Date.UTC` would take a year below 100 for one of the twentieth century. */
const CYCLE = { years: 400, days: 146_097 };
/** @throws RangeError when there is no such day */
export const dayNumber = (day: string): number => {
  const parts = partsOf(day);
  if (!parts) throw new RangeError(`no such day: ${day}`);
  return Date.UTC(parts[0] + CYCLE.years, parts[1] - 1, parts[2]) / DAY_MS - CYCLE.days;
};
export const addDays = (day: string, n: number): string => fromDayNumber(dayNumber(day) + n);
export const yearStart = (day: string): string => `${day.slice(0, 4)}-01-01`;
