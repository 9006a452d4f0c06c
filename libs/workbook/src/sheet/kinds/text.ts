import { normalise } from '#standards';
import type { ColumnKind } from '../kind.js';
import { errors, found, none, warnings } from './finding.js';

/** Full-width letters and signs as ordinary ones, without touching rare characters; spaces between Chinese characters removed. */
export const tidyText = (text: string): string => (TIDY.test(text) ? text : tidied(text));
const TIDY = /^[\u4e00-\u9fff\da-zA-Z·]+$/;
const tidied = (text: string): string =>
  text
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[\u200b-\u200d\ufeff]/g, '')
    .replace(/[\s\u3000]+/g, ' ')
    .trim()
    .replace(/(?<=[^\x20-\x7f]) | (?=[^\x20-\x7f])/g, '');
const OTHER_DOT = /[•‧∙・･.A-Z]/;
/** Names are the same whichever middle dot is written. */
export const sameName = (name: string): string => (OTHER_DOT.test(name) ? name.replace(/[·•‧∙・･.]/g, '·').toLowerCase() : name);

/** Begins like a formula: a spreadsheet would compute it. */
export const looksLikeFormula = (text: string): boolean => /^[=+\-@＝＋－＠]/.test(text.trim());

const plainKind = (name: 'serial' | 'anything'): ColumnKind => ({
  name,
  asText: false,
  accepts: { zh: '不限', en: 'anything' },
  codes: {},
  repeats: false,
  read: ({ cell }) => ({ value: cell.text.trim() }),
});
/** A number within the list; a row that has nothing else is blank. */
export const serial = plainKind('serial');
export const anything = plainKind('anything');

/** A name of a person or a thing. */
export const text = (code: string, longest: number): ColumnKind => ({
  name: 'text',
  asText: true,
  accepts: { zh: `1–${longest} 个字，不能以 = + - @ 开头`, en: `1–${longest} characters, not beginning with = + - @` },
  codes: errors({
    [`${code}-too-long`]: [`超过 ${longest} 个字`, `longer than ${longest} characters`, `不超过 ${longest} 个字`],
    'formula-text': ['文字以 = + - @ 开头，会被当成公式', 'a text that begins with = + - @ would be taken for a formula', '去掉开头的符号'],
  }),
  repeats: false,
  read: (given) => {
    const value = tidyText(given.cell.text);
    if (looksLikeFormula(value)) return none(given, 'formula-text');
    return value.length > longest && [...value].length > longest ? none(given, `${code}-too-long`) : { value };
  },
});

/** One of a list of words, each with others that mean the same. What is not among them is an error, or kept as written with a warning. */
export const oneOf = (code: string, words: Readonly<Record<string, readonly string[]>>, unknown: 'error' | 'warning'): ColumnKind => {
  const meaning = new Map(Object.entries(words).flatMap(([value, said]) => [value, ...said].map((word) => [normalise(word).toUpperCase(), value] as const)));
  const choices = Object.entries(words).map(([value, [first]]) => first ?? value);
  const listed = choices.join('、');
  const said = { [`${code}-unknown`]: [`不在可选范围内`, 'not one of the choices', listed] } as const;
  return {
    name: 'one-of',
    asText: true,
    choices,
    accepts: { zh: listed, en: `one of ${listed}` },
    codes: unknown === 'error' ? errors(said) : warnings(said),
    repeats: true,
    read: (given) => {
      const value = meaning.get(normalise(given.cell.text).toUpperCase());
      if (value !== undefined) return { value };
      return { value: unknown === 'error' ? null : tidyText(given.cell.text), findings: [found(given, `${code}-unknown`)] };
    },
  };
};
