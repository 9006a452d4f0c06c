import type { ClearDetails } from './vault.js';

/** 张三丰 → 张*丰, 张三 → 张* */
export const maskName = (name: string): string => {
  const letters = [...name];
  if (letters.length <= 2) return `${letters[0] ?? ''}*`;
  return `${letters[0]}${'*'.repeat(letters.length - 2)}${letters.at(-1)}`;
};
/** 410308199001011234 → 4103** **** ****1234 */
export const maskIdentityNumber = (number: string): string => `${number.slice(0, 4)}** **** ****${number.slice(-4)}`;
/** 13812340000 → 138****0000 */
export const maskPhone = (phone: string): string => (phone.length < 8 ? '*'.repeat(phone.length) : `${phone.slice(0, 3)}${'*'.repeat(phone.length - 7)}${phone.slice(-4)}`);

/** What anyone who may see the person is shown; null where nothing is known or all was erased. */
export const masked = ({ name, identityNumber, phone }: ClearDetails = {}): { name: string | null; identityNumber: string | null; phone: string | null } => ({
  name: name === undefined ? null : maskName(name),
  identityNumber: identityNumber === undefined ? null : maskIdentityNumber(identityNumber),
  phone: phone === undefined ? null : maskPhone(phone),
});
