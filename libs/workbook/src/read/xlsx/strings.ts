import type { Limits } from '../source.js';
import { Unreadable } from '../unreadable.js';
import { type Handler, walkPart } from './xml.js';
import type { Zip } from './zip.js';

/** Up to here the engine copies a text that is cut from another; a longer one would keep the whole piece of the file alive. */
const MOST_COPIED = 12;
const scratch = Buffer.allocUnsafe(64);
const [PLAIN_STRING, END_OF_STRING] = ['<si><t>', '</t></si>'];

const wideCopy = (text: string): string => Buffer.from(text, 'utf16le').toString('utf16le');

/** A copy that keeps nothing of the file alive. */
export const detached = (text: string): string => {
  const { length } = text;
  if (length <= MOST_COPIED) return text;
  if (length > scratch.length) return wideCopy(text);
  for (let i = 0; i < length; i += 1) {
    const code = text.charCodeAt(i);
    if (code > 0xff) return wideCopy(text);
    scratch[i] = code;
  }
  return scratch.toString('latin1', 0, length);
};

/** Text of `<si>` and `<is>`: rich text runs joined, phonetic guides left out. */
export const richText = () => {
  let text = '';
  let inText = false;
  let phonetic = 0;
  return {
    open(name: string) {
      if (name === 't') inText = phonetic === 0;
      else if (name === 'rPh') phonetic += 1;
    },
    text(piece: string) {
      if (inText) text += piece;
    },
    close(name: string) {
      if (name === 't') inText = false;
      else if (name === 'rPh') phonetic -= 1;
    },
    take() {
      const whole = text;
      text = '';
      return whole;
    },
  };
};

/** `_x000D_` and the like stand for characters that XML cannot hold. */
export const unescaped = (text: string): string =>
  text.includes('_x') ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16))) : text;

/** The table of unique strings. It is read no further than it is asked for: a heading's words stand at its beginning. */
export class Strings {
  private readonly table: string[] = [];
  private readonly run = richText();
  private characters = 0;
  private readonly pieces: AsyncGenerator<string[]> | null;

  constructor(zip: Zip, part: string | null, private readonly limits: Limits) {
    const handler: Handler = { open: this.run.open, text: this.run.text, close: (name) => this.close(name), whole: (text, open) => this.whole(text, open) };
    this.pieces = part === null ? null : walkPart(zip, part, handler, () => this.table.slice(-1));
  }

  at(index: number): string {
    return this.table[index] ?? '';
  }

  /** @throws Unreadable where the table is damaged or over the limit */
  async upTo(index: number): Promise<void> {
    while (this.pieces !== null && this.table.length <= index) if ((await this.pieces.next()).done) return;
  }

  async end(): Promise<void> {
    await this.pieces?.return(undefined);
  }

  /** `<si><t>text</t></si>`, as nearly all are. */
  private whole(text: string, open: number): number {
    if (!text.startsWith(PLAIN_STRING, open)) return -1;
    const from = open + PLAIN_STRING.length;
    const to = text.indexOf('<', from);
    if (to < 0 || !text.startsWith(END_OF_STRING, to)) return -1;
    const said = text.slice(from, to);
    if (said.includes('&')) return -1;
    this.add(said);
    return to + END_OF_STRING.length;
  }

  private close(name: string): boolean {
    this.run.close(name);
    if (name !== 'si') return name === 'sst';
    this.add(this.run.take());
    return false;
  }

  private add(text: string): void {
    this.characters += text.length + 8;
    if (this.characters > this.limits.strings) throw new Unreadable('too-many-strings', { limit: this.limits.strings });
    this.table.push(detached(unescaped(text)));
  }
}
