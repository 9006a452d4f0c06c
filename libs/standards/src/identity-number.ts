import { isDay } from './day.js';
import { isRounded, normalise } from './text.js';

/**
 * `id-rounded`: a spreadsheet's `4.1E+17` · `id-15-digits`: the form before 1999 · `id-format`: not 17 digits and a digit or X ·
 * `id-birth-date`: no such day · `id-birth-future`: after today · `id-check-digit`: mistyped · `id-test-number`: region 999999.
 */
export type IdentityProblem = 'id-missing' | 'id-rounded' | 'id-15-digits' | 'id-format' | 'id-birth-date' | 'id-birth-future' | 'id-check-digit' | 'id-test-number';
export type IdentityCheck = { ok: true; value: string; birthDate: string; sex: 'M' | 'F' } | { ok: false; code: IdentityProblem };

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = '10X98765432';

/** The check character of the first 17 digits (GB 11643-1999, ISO 7064 MOD 11-2). */
export const identityCheckCharacter = (body: string): string => CHECKS[WEIGHTS.reduce((sum, weight, i) => sum + weight * Number(body[i]), 0) % 11] as string;

/** The 18 characters of a number of 15 digits: the century and the check are put in. Say it to a person; never take it in his place. */
export const widenIdentityNumber = (fifteen: string): string => {
  const body = `${fifteen.slice(0, 6)}19${fifteen.slice(6)}`;
  return body + identityCheckCharacter(body);
};

const shape = (value: string): IdentityProblem | null => {
  if (value === '') return 'id-missing';
  if (isRounded(value)) return 'id-rounded';
  if (/^\d{15}$/.test(value)) return 'id-15-digits';
  return /^[1-9]\d{16}[\dX]$/.test(value) ? null : 'id-format';
};

/**
 * 公民身份号码 (GB 11643-1999): 18 characters, a real birth date not after `today`, the check right. Spaces, full-width
 * characters and a small x are accepted; `value` is the number as it is kept and compared. The region inside is where the person
 * was first registered, and any is accepted; 999999, which is assigned to none, is for tests only.
 */
export const checkIdentityNumber = (text: string, options: { today: string; allowTest?: boolean }): IdentityCheck => {
  const value = normalise(text).toUpperCase();
  const problem = shape(value);
  if (problem) return { ok: false, code: problem };
  const birthDate = `${value.slice(6, 10)}-${value.slice(10, 12)}-${value.slice(12, 14)}`;
  if (!isDay(birthDate)) return { ok: false, code: 'id-birth-date' };
  if (birthDate > options.today) return { ok: false, code: 'id-birth-future' };
  if (identityCheckCharacter(value) !== value[17]) return { ok: false, code: 'id-check-digit' };
  if (value.startsWith('999999') && !options.allowTest) return { ok: false, code: 'id-test-number' };
  return { ok: true, value, birthDate, sex: Number(value[16]) % 2 ? 'M' : 'F' };
};
