const [AMPERSAND, SLASH, EQUALS, QUOTE, SPACE, NINE, ZERO] = [38, 47, 61, 34, 32, 57, 48];
const [LETTER_C, LETTER_R, LETTER_S, LETTER_T, LESS, MORE] = [99, 114, 115, 116, 60, 62];
/** More digits than this are left to be read as a number with a fraction is. */
const MOST_DIGITS = 9;
const [VALUE, END_OF_VALUE, INLINE, END_OF_INLINE, END] = ['<v>', '</v></c>', '<is><t>', '</t></is></c>', '</c>'];

const isDigit = (code: number): boolean => code >= ZERO && code <= NINE;
/** A letter in either case from 1 to 26; anything else is not. */
const letterOf = (code: number): number => (code & 0xdf) - 64;
const isLetter = (code: number): boolean => letterOf(code) >= 1 && letterOf(code) <= 26;

/** `startsWith`, which costs as much as the rest of a cell. */
const stands = (text: string, at: number, word: string): boolean => {
  for (let i = 0; i < word.length; i += 1) if (text.charCodeAt(at + i) !== word.charCodeAt(i)) return false;
  return true;
};

/**
 * A cell in the form that nearly all have, `<c r="B2" s="1" t="s"><v>12</v></c>`, read by its letters. Whatever is written otherwise
 * (a formula, a prefix, an entity, other attributes) is not read here. One object is used over and over.
 */
export class WholeCell {
  /** From 1; 0 where the cell does not say. */
  column = 0;
  style = 0;
  type = 'n';
  /** As it is written; empty where the cell says nothing. */
  value = '';
  /** Of a value that is a few digits; -1 of any other. */
  index = -1;

  /** Behind the cell that begins at `open`; -1 where it is none of the form, or its end has not come yet. */
  read(text: string, open: number): number {
    if (text.charCodeAt(open + 1) !== LETTER_C) return -1;
    this.column = 0;
    this.style = 0;
    this.type = 'n';
    this.value = '';
    this.index = -1;
    let at = open + 2;
    while (text.charCodeAt(at) === SPACE) {
      at = this.attribute(text, at + 1);
      if (at < 0) return -1;
    }
    if (text.charCodeAt(at) === MORE) return this.type === 'inlineStr' ? this.inline(text, at + 1) : this.plain(text, at + 1);
    return text.charCodeAt(at) === SLASH && text.charCodeAt(at + 1) === MORE ? at + 2 : -1;
  }

  /** Behind the attribute that begins at `at`. */
  private attribute(text: string, at: number): number {
    if (text.charCodeAt(at + 1) !== EQUALS || text.charCodeAt(at + 2) !== QUOTE) return -1;
    const name = text.charCodeAt(at);
    const end = name === LETTER_R ? this.reference(text, at + 3) : name === LETTER_S ? this.number(text, at + 3) : name === LETTER_T ? this.word(text, at + 3) : -1;
    return end >= 0 && text.charCodeAt(end) === QUOTE ? end + 1 : -1;
  }

  private reference(text: string, from: number): number {
    let at = from;
    let column = 0;
    for (let code = text.charCodeAt(at); isLetter(code); code = text.charCodeAt(at)) {
      column = column * 26 + letterOf(code);
      at += 1;
    }
    while (isDigit(text.charCodeAt(at))) at += 1;
    this.column = column;
    return at;
  }

  private number(text: string, from: number): number {
    let at = from;
    let number = 0;
    for (let code = text.charCodeAt(at); isDigit(code); code = text.charCodeAt(at)) {
      number = number * 10 + code - ZERO;
      at += 1;
    }
    this.style = number;
    return at;
  }

  private word(text: string, from: number): number {
    let at = from;
    while (isLetter(text.charCodeAt(at))) at += 1;
    this.type = text.slice(from, at);
    return at;
  }

  private plain(text: string, from: number): number {
    if (!stands(text, from, VALUE)) return stands(text, from, END) ? from + END.length : -1;
    const begin = from + VALUE.length;
    const end = this.endOfValue(text, begin);
    if (end < 0 || !stands(text, end, END_OF_VALUE)) return -1;
    this.value = text.slice(begin, end);
    return end + END_OF_VALUE.length;
  }

  /** Where the value's letters end; tells on the way whether they are digits alone. */
  private endOfValue(text: string, begin: number): number {
    let at = begin;
    let index = 0;
    for (let code = text.charCodeAt(at); code !== LESS; code = text.charCodeAt(at)) {
      if (code === AMPERSAND || Number.isNaN(code)) return -1;
      index = index >= 0 && isDigit(code) ? index * 10 + code - ZERO : -1;
      at += 1;
    }
    this.index = at - begin <= MOST_DIGITS ? index : -1;
    return at;
  }

  private inline(text: string, from: number): number {
    if (!stands(text, from, INLINE)) return -1;
    const begin = from + INLINE.length;
    const end = text.indexOf('<', begin);
    if (end < 0 || !stands(text, end, END_OF_INLINE)) return -1;
    this.value = text.slice(begin, end);
    return this.value.includes('&') ? -1 : end + END_OF_INLINE.length;
  }
}
