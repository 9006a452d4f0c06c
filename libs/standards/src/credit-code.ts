import { normalise } from './text.js';

/** `…-format`: length, or a letter the standard leaves out · `…-organisation-check`: characters 9 to 17 · `…-check`: the last one. */
export type CreditCodeProblem = 'credit-code-format' | 'credit-code-organisation-check' | 'credit-code-check';
export type Organisation =
  | 'ENTERPRISE' | 'SOLE_TRADER' | 'FARMER_COOPERATIVE' | 'GROUP_COLLECTIVE' | 'VILLAGE_COLLECTIVE' | 'TOWN_COLLECTIVE' | 'SOCIAL_ORGANISATION' | 'SELF_GOVERNING' | 'GOVERNMENT' | 'OTHER';
/** `region` is where the organisation was registered first: 410322 and 410306 outlive the districts they named. */
export type CreditCodeCheck = { ok: true; value: string; organisation: Organisation; region: string } | { ok: false; code: CreditCodeProblem };

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = Array.from({ length: 17 }, (_, i) => 3 ** i % 31);
const INNER = [3, 7, 9, 10, 5, 8, 4, 2];
/** The first two characters: who registers, and what. */
const ORGANISATIONS: Readonly<Record<string, Organisation>> = {
  91: 'ENTERPRISE', 92: 'SOLE_TRADER', 93: 'FARMER_COOPERATIVE', N1: 'GROUP_COLLECTIVE', N2: 'VILLAGE_COLLECTIVE', N3: 'TOWN_COLLECTIVE',
  51: 'SOCIAL_ORGANISATION', 52: 'SOCIAL_ORGANISATION', 53: 'SOCIAL_ORGANISATION', 54: 'SELF_GOVERNING', 11: 'GOVERNMENT', 12: 'GOVERNMENT',
};
/** GB 11714 counts letters from A = 10 without leaving any out. */
const innerValue = (character: string): number => (character <= '9' ? Number(character) : character.charCodeAt(0) - 55);

/** Check character of the 8-character organisation code inside (GB 11714, mod 11). */
export const organisationCheckCharacter = (body: string): string => {
  const rest = 11 - (INNER.reduce((sum, weight, i) => sum + weight * innerValue(body[i] as string), 0) % 11);
  return rest === 10 ? 'X' : String(rest % 11);
};
/** Check character of the first 17 (GB 32100-2015, mod 31; the alphabet leaves out I O S V Z). */
export const creditCheckCharacter = (body: string): string => {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * ALPHABET.indexOf(body[i] as string), 0);
  return ALPHABET[(31 - (sum % 31)) % 31] as string;
};

/** 统一社会信用代码 (GB 32100-2015): 18 characters, both check characters right. Spaces, full-width and small letters are accepted. */
export const checkCreditCode = (text: string): CreditCodeCheck => {
  const value = normalise(text).toUpperCase();
  if (!/^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/.test(value)) return { ok: false, code: 'credit-code-format' };
  if (organisationCheckCharacter(value.slice(8, 16)) !== value[16]) return { ok: false, code: 'credit-code-organisation-check' };
  if (creditCheckCharacter(value) !== value[17]) return { ok: false, code: 'credit-code-check' };
  return { ok: true, value, organisation: ORGANISATIONS[value.slice(0, 2)] ?? 'OTHER', region: value.slice(2, 8) };
};
