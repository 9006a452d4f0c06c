/** Days as integers: the calendar of Asia/Shanghai has no time zone left once a day is named. */
const MS_PER_DAY = 86_400_000;
const years = new Map<number, number>();

/** '2022-07-18' → days since 1970-01-01. */
export const dayNumber = (text: string): number => Math.floor(Date.UTC(+text.slice(0, 4), +text.slice(5, 7) - 1, +text.slice(8, 10)) / MS_PER_DAY);

/** 1 January of a year. */
export const startOfYear = (year: number): number => {
  let day = years.get(year);
  if (day === undefined) years.set(year, (day = Date.UTC(year, 0, 1) / MS_PER_DAY));
  return day;
};

export const yearOf = (day: number): number => {
  const guess = 1970 + Math.floor(day / 365.2425);
  if (day < startOfYear(guess)) return guess - 1;
  return day < startOfYear(guess + 1) ? guess : guess + 1;
};
