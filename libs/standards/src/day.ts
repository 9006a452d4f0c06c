/** Calendar days in Asia/Shanghai (UTC+8, no summer time since 1991), as `YYYY-MM-DD` or as a number of days since 1970-01-01. */
const DAY_MS = 86_400_000;
const SHANGHAI_MS = 8 * 3_600_000;

/** The calendar day of an instant (epoch ms). */
export const dayOf = (ms: number): string => new Date(ms + SHANGHAI_MS).toISOString().slice(0, 10);
/** The last millisecond of a day: what a date means as `knownAt`. */
export const endOfDay = (day: string): number => (dayNumber(day) + 1) * DAY_MS - SHANGHAI_MS - 1;

/** @throws RangeError when there is no such day */
export const dayNumber = (day: string): number => {
  const ms = Date.parse(`${day}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== day) throw new RangeError(`no such day: ${day}`);
  return ms / DAY_MS;
};
export const fromDayNumber = (n: number): string => new Date(n * DAY_MS).toISOString().slice(0, 10);
const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const daysIn = (year: number, month: number): number => (month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : (LENGTHS[month - 1] ?? 0));
/** Asked of every person of a large file: by arithmetic, without making a date. */
export const isDay = (text: string): boolean => {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  return Number(day) >= 1 && Number(day) <= daysIn(Number(year), Number(month));
};
export const addDays = (day: string, n: number): string => fromDayNumber(dayNumber(day) + n);
export const yearStart = (day: string): string => `${day.slice(0, 4)}-01-01`;
