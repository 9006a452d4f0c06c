import { Unreadable } from '../unreadable.js';

export type Attributes = Readonly<Record<string, string>>;

/** What a part's reader is told. Names come without their prefix. Returning `true` from `close` ends the reading. */
export interface Handler {
  open?(name: string, attributes: Attributes): void;
  text?(text: string): void;
  close?(name: string): boolean | void;
}

const NO_ATTRIBUTES: Attributes = {};
const DEEPEST = 200;
/** A text or a tag longer than this was never typed. */
const LONGEST = 4_000_000;
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const [TAB, LF, CR, SPACE, BANG, SLASH, CLOSE, QUESTION, QUOTE, APOSTROPHE] = [9, 10, 13, 32, 33, 47, 62, 63, 34, 39];

const CDATA = '<![CDATA[';
/** How each begins and ends; what else begins so is a document type. */
const DECLARATIONS = [['<?', '?>'], ['<!--', '-->'], [CDATA, ']]>']] as const;

const broken = (detail: string): Unreadable => new Unreadable('damaged', { detail: `XML: ${detail}` });
const isSpace = (code: number): boolean => code === SPACE || code === LF || code === TAB || code === CR;

const entity = (name: string): string => {
  const point = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : name.startsWith('#') ? Number(name.slice(1)) : -1;
  if (point > 0 && point <= 0x10ffff) return String.fromCodePoint(point);
  const letter = NAMED[name];
  if (letter === undefined) throw broken(`&${name.slice(0, 20)};`);
  return letter;
};
const plain = (text: string): string => (text.includes('&') ? text.replace(/&([^;&]{0,40});?/g, (_, name: string) => entity(name)) : text);
const local = (name: string): string => {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
};

/** The end of what begins at `from` and ends with these letters; -1 while they have not come. */
const behind = (text: string, letters: string, from: number): number => {
  const at = text.indexOf(letters, from);
  return at < 0 ? -1 : at + letters.length;
};

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

/** The `>` of a closing tag of this name; -1 while it has not come. Nearly every one has nothing between its name and its end. */
const endOfClosing = (text: string, begin: number, name: string): number => {
  const end = begin + name.length;
  if (name !== '' && text.startsWith(name, begin) && text.charCodeAt(end) === CLOSE) return end;
  const close = text.indexOf('>', begin);
  if (close >= 0 && (name === '' || text.slice(begin, close).trimEnd() !== name)) throw broken(`</${text.slice(begin, Math.min(close, begin + 20))}>`);
  return close;
};

/** An opening tag as it is read; one object is used over and over. */
class Tag {
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

/**
 * Reads XML that comes in pieces, as workbooks write it: elements, attributes, texts. A document type is refused, so there are no entities
 * of one's own. Several times faster than a general parser, which the reading of large sheets would mostly wait for.
 */
export class XmlScan {
  done = false;
  private rest = '';
  private seen = false;
  private readonly names: string[] = [];
  private readonly tag = new Tag();

  constructor(private readonly handler: Handler) {}

  /** @throws Unreadable where it is no well-formed XML, or has a document type */
  push(piece: string): void {
    const text = this.rest + piece;
    let at = 0;
    while (!this.done) {
      const open = text.indexOf('<', at);
      const end = open < 0 ? -1 : this.token(text, at, open);
      if (end < 0) break;
      at = end;
    }
    this.rest = this.done ? '' : text.slice(at);
    if (this.rest.length > LONGEST) throw new Unreadable('cell-too-long', { row: '?', limit: LONGEST });
  }

  end(): void {
    if (this.done) return;
    if (!this.seen || this.names.length > 0 || this.rest.trim() !== '') throw broken('ends too early');
  }

  /** The text from `at` and the tag at `open`; where to go on, or -1 while the tag's end has not come yet. */
  private token(text: string, at: number, open: number): number {
    const code = text.charCodeAt(open + 1);
    if (code === SLASH) return this.closing(text, at, open);
    if (code === BANG || code === QUESTION) return this.declaration(text, at, open);
    const end = this.tag.read(text, open);
    if (end < 0) return -1;
    this.tell(text, at, open);
    this.opened();
    return end;
  }

  private tell(text: string, from: number, to: number): void {
    if (to > from && this.names.length > 0) this.handler.text?.(plain(text.slice(from, to)));
  }

  private opened(): void {
    const { name, attributes, empty } = this.tag;
    if (name === '' || this.names.length > DEEPEST) throw broken(`<${name}`);
    this.seen = true;
    const bare = local(name);
    this.handler.open?.(bare, attributes);
    if (!empty) this.names.push(name);
    else if (this.handler.close?.(bare) === true) this.done = true;
  }

  private closing(text: string, at: number, open: number): number {
    const name = this.names.at(-1) ?? '';
    const close = endOfClosing(text, open + 2, name);
    if (close < 0) return -1;
    this.tell(text, at, open);
    this.names.pop();
    if (this.handler.close?.(local(name)) === true) this.done = true;
    return close + 1;
  }

  /** Comments and instructions are passed over, CDATA is text. */
  private declaration(text: string, at: number, open: number): number {
    if (text.length < open + CDATA.length) return -1;
    const [, ends] = DECLARATIONS.find(([begins]) => text.startsWith(begins, open)) ?? [];
    if (ends === undefined) throw new Unreadable('external-entities');
    const end = behind(text, ends, open + 2);
    if (end < 0) return -1;
    this.tell(text, at, open);
    if (text.startsWith(CDATA, open)) this.handler.text?.(text.slice(open + CDATA.length, end - ends.length));
    return end;
  }
}
