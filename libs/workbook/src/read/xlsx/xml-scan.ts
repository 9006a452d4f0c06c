import { Unreadable } from '../unreadable.js';
import { broken, plain } from './xml-letters.js';
import { type Attributes, Tag } from './xml-tag.js';

/** What a part's reader is told. Names come without their prefix. Returning `true` from `close` ends the reading. */
export interface Handler {
  open?(name: string, attributes: Attributes): void;
  text?(text: string): void;
  close?(name: string): boolean | void;
  /**
   * Takes a whole element whose `<` stands at `open`, where it is written as nearly all are, and gives the place behind it; -1 to be told
   * of it bit by bit. A large sheet is millions of elements of one form.
   */
  whole?(text: string, open: number): number;
}

const DEEPEST = 200;
/** A text or a tag longer than this was never typed. */
const LONGEST = 4_000_000;
const [BANG, SLASH, CLOSE, QUESTION] = [33, 47, 62, 63];

const CDATA = '<![CDATA[';
/** How each begins and ends; what else begins so is a document type. */
const DECLARATIONS = [['<?', '?>'], ['<!--', '-->'], [CDATA, ']]>']] as const;

const local = (name: string): string => {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
};

/** The end of what begins at `from` and ends with these letters; -1 while they have not come. */
const behind = (text: string, letters: string, from: number): number => {
  const at = text.indexOf(letters, from);
  return at < 0 ? -1 : at + letters.length;
};

/** The `>` of a closing tag of this name; -1 while it has not come. Nearly every one has nothing between its name and its end. */
const endOfClosing = (text: string, begin: number, name: string): number => {
  const end = begin + name.length;
  if (name !== '' && text.startsWith(name, begin) && text.charCodeAt(end) === CLOSE) return end;
  const close = text.indexOf('>', begin);
  if (close >= 0 && (name === '' || text.slice(begin, close).trimEnd() !== name)) throw broken(`</${text.slice(begin, Math.min(close, begin + 20))}>`);
  return close;
};

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

  /**
   * What was left over is joined with the piece only up to its first `>`, which nearly always ends it: a joined text is read more slowly
   * than one that came as it is. @throws Unreadable where it is no well-formed XML, or has a document type
   */
  push(piece: string): void {
    const joint = this.rest === '' ? 0 : piece.indexOf('>') + 1;
    if (joint > 0) this.rest = this.scan(this.rest + piece.slice(0, joint), 0);
    this.rest = this.rest === '' ? this.scan(piece, joint) : this.scan(this.rest + piece.slice(joint), 0);
    if (this.rest.length > LONGEST) throw new Unreadable('cell-too-long', { row: '?', limit: LONGEST });
  }

  /** What is left when no further token is whole. */
  private scan(text: string, from: number): string {
    let at = from;
    while (!this.done) {
      const open = text.indexOf('<', at);
      const end = open < 0 ? -1 : this.token(text, at, open);
      if (end < 0) break;
      at = end;
    }
    return this.done ? '' : text.slice(at);
  }

  end(): void {
    if (this.done) return;
    if (!this.seen || this.names.length > 0 || this.rest.trim() !== '') throw broken('ends too early');
  }

  /** The text from `at` and the tag at `open`; where to go on, or -1 while the tag's end has not come yet. */
  private token(text: string, at: number, open: number): number {
    const whole = at === open && this.names.length > 0 && this.handler.whole ? this.handler.whole(text, open) : -1;
    return whole < 0 ? this.bit(text, at, open) : whole;
  }

  private bit(text: string, at: number, open: number): number {
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
