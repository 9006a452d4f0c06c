import { Unreadable } from '../unreadable.js';

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const [TAB, LF, CR, SPACE] = [9, 10, 13, 32];

export const broken = (detail: string): Unreadable => new Unreadable('damaged', { detail: `XML: ${detail}` });
export const isSpace = (code: number): boolean => code === SPACE || code === LF || code === TAB || code === CR;

const entity = (name: string): string => {
  const point = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : name.startsWith('#') ? Number(name.slice(1)) : -1;
  if (point > 0 && point <= 0x10ffff) return String.fromCodePoint(point);
  const letter = NAMED[name];
  if (letter === undefined) throw broken(`&${name.slice(0, 20)};`);
  return letter;
};
/** What a text says, its entities resolved. */
export const plain = (text: string): string => (text.includes('&') ? text.replace(/&([^;&]{0,40});?/g, (_, name: string) => entity(name)) : text);
