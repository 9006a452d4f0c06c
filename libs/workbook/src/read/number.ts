import { fromDayNumber } from '#standards';
import type { Cell } from './cell.js';

const PLAIN = /^-?\d{1,15}(\.\d{1,2})?$/;

/** Digits before the point; over 15 of them a spreadsheet has rounded the last ones. */
const integerDigits = (value: number): number => (Math.abs(value) < 1 ? 0 : Math.floor(Math.log10(Math.abs(value)) + 1e-12) + 1);

/** 15 significant digits without an exponent, as a spreadsheet shows them. */
const plainDigits = (value: number): string => {
  const [mantissa = '0', exponent = '0'] = Math.abs(value).toExponential(14).split('e');
  const digits = mantissa.replace('.', '');
  const point = Number(exponent) + 1;
  const padded = point <= 0 ? digits.padStart(digits.length - point + 1, '0') : digits.padEnd(point, '0');
  const split = Math.max(point, 1);
  const fraction = padded.slice(split).replace(/0+$/, '');
  return `${value < 0 ? '-' : ''}${padded.slice(0, split)}${fraction && `.${fraction}`}`;
};

/** A number as the file writes it (`1.38E10`, `3.3000000000000003`) in plain digits, 15 of them significant. */
export const numberCell = (raw: string): Cell => {
  if (PLAIN.test(raw)) return { kind: 'number', text: raw };
  const value = Number(raw);
  if (raw.trim() === '' || !Number.isFinite(value)) return { kind: 'text', text: raw };
  const digits = Math.max(integerDigits(value), /^\d+$/.test(raw) ? raw.length : 0);
  return { kind: 'number', text: plainDigits(value), digits };
};

const FIRST_SERIAL_1900 = -25_569;
const FIRST_SERIAL_1904 = -24_107;
/** Beyond 9999-12-31 a spreadsheet shows no date. */
const LAST_SERIAL = 2_958_465;

/** The day of a serial number; null when it stands for none (a time of day, or beyond the calendar). 1900 counts a 29 February that never was. */
export const serialDay = (serial: number, date1904: boolean): string | null => {
  if (!(serial >= 1) || serial > LAST_SERIAL) return null;
  const whole = Math.floor(serial + 1e-9);
  if (date1904) return fromDayNumber(whole + FIRST_SERIAL_1904);
  return fromDayNumber(whole + FIRST_SERIAL_1900 + (whole < 60 ? 1 : 0));
};

/** Number formats of Excel and of its East Asian versions that show a date (ECMA-376, 18.8.30). */
export const isDateFormatId = (id: number): boolean => (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

/** Does a format code show a day or a year? Quoted, escaped and bracketed parts do not count; a time alone is no date. */
export const isDateFormat = (code: string): boolean => {
  const bare = code.replace(/"[^"]*"|\[[^\]]*\]|[\\_*]./g, '').toLowerCase();
  return !bare.includes('general') && /[yd年日]/.test(bare);
};

export const dateOrNumber = (raw: string, date1904: boolean): Cell => {
  const day = serialDay(Number(raw), date1904);
  return day === null ? numberCell(raw) : { kind: 'date', text: day };
};
