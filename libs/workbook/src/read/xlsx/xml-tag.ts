import { broken, isSpace, plain } from './xml-letters.js';

export type Attributes = Readonly<Record<string, string>>;

const NO_ATTRIBUTES: Attributes = {};
const [SLASH, CLOSE, QUOTE, APOSTROPHE] = [47, 62, 34, 39];

/** The first place from `at` on that is no space; -1 while there is none. */
const afterSpace = (text: string, at: number): number => {
  let place = at;
  while (isSpace(text.charCodeAt(place))) place += 1;
  return place < text.length ? place : -1;
};
const quoteAt = (text: string, at: number): string => {
  const quote = text.charCodeAt(at);
  if (quote === QUOTE) return '"';
  if (quote === APOSTROPHE) return "'";
  throw broken('an attribute without quotes');
};

/** An opening tag as it is read; one object is used over and over. */
export class Tag {
  name = '';
  attributes: Attributes = NO_ATTRIBUTES;
  empty = false;
  /** Behind its `>`; -1 while that has not come yet. */
  end = -1;

  read(text: string, open: number): number {
    let at = open + 1;
    while (at < text.length && !this.endsName(text.charCodeAt(at))) at += 1;
    this.name = text.slice(open + 1, at);
    this.attributes = NO_ATTRIBUTES;
    this.end = this.rest(text, at);
    return this.end;
  }

  private endsName(code: number): boolean {
    return code === CLOSE || code === SLASH || isSpace(code);
  }

  /** Attributes up to the end of the tag. */
  private rest(text: string, from: number): number {
    let at = from;
    for (;;) {
      while (isSpace(text.charCodeAt(at))) at += 1;
      const code = text.charCodeAt(at);
      if (code === CLOSE || code === SLASH) return this.close(text, at, code);
      if (Number.isNaN(code)) return -1;
      at = this.attribute(text, at);
      if (at < 0) return -1;
    }
  }

  private close(text: string, at: number, code: number): number {
    this.empty = code === SLASH;
    if (!this.empty) return at + 1;
    const next = text.charCodeAt(at + 1);
    if (Number.isNaN(next)) return -1;
    if (next !== CLOSE) throw broken('/');
    return at + 2;
  }

  private attribute(text: string, at: number): number {
    const equals = text.indexOf('=', at);
    const open = equals < 0 ? -1 : afterSpace(text, equals + 1);
    const close = open < 0 ? -1 : text.indexOf(quoteAt(text, open), open + 1);
    if (close < 0) return -1;
    if (this.attributes === NO_ATTRIBUTES) this.attributes = {};
    (this.attributes as Record<string, string>)[text.slice(at, equals).trimEnd()] = plain(text.slice(open + 1, close));
    return close + 1;
  }
}
