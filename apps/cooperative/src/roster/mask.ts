/** What a terminal and a log may show of a person; full values stand in the user's own file only. */
export const maskName = (name: string): string => {
  const letters = [...name.trim()];
  if (letters.length <= 1) return '*';
  return letters.length === 2 ? `${letters[0]}*` : `${letters[0]}${'*'.repeat(Math.min(letters.length - 2, 3))}${letters.at(-1)}`;
};
/** `410308199001011234` → `4103** **** ****1234` */
export const maskNumber = (number: string): string => (number.length < 9 ? '*'.repeat(number.length) : `${number.slice(0, 4)}** **** ****${number.slice(-4)}`);
export const maskPhone = (phone: string): string => (phone.length < 8 ? '*'.repeat(phone.length) : `${phone.slice(0, 3)}****${phone.slice(-4)}`);

/** A whole text for a terminal: whatever stands where, no number of a person and no mobile in full. */
export const maskText = (text: string): string => text.replace(/(?<!\d)\d{14,18}[\dXx](?![\dXx])/g, maskNumber).replace(/(?<!\d)1[3-9]\d{9}(?!\d)/g, maskPhone);
