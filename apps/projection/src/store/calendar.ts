import { dayNumber, fromDayNumber } from '#standards';

/** `year * 12 + month` of a day, month counted from 0. */
export const monthOf = (day: number): number => {
  const date = new Date(day * 86_400_000);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
};

/** First day of such a month. */
export const firstOf = (month: number): number => Date.UTC(Math.floor(month / 12), month % 12, 1) / 86_400_000;

/** 1 January of a day's year: where a period begins unless told. */
export const newYearOf = (day: number): number => dayNumber(`${fromDayNumber(day).slice(0, 4)}-01-01`);
