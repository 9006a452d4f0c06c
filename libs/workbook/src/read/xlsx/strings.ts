import type { Limits } from '../source.js';
import { Unreadable } from '../unreadable.js';
import { type Handler, walkPart } from './xml.js';
import type { Zip } from './zip.js';

const scratch = Buffer.allocUnsafe(64);

/** A copy that does not keep the piece of the file alive that it was cut from (the engine shares substrings from 13 characters on). */
export const detached = (text: string): string => {
  if (text.length < 13) return text;
  if (text.length > scratch.length) return Buffer.from(text, 'utf16le').toString('utf16le');
  scratch.write(text, 'latin1');
  const narrow = scratch.toString('latin1', 0, text.length);
  if (narrow === text) return narrow;
  return Buffer.from(text, 'utf16le').toString('utf16le');
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
    const handler: Handler = { open: this.run.open, text: this.run.text, close: (name) => this.close(name) };
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

  private close(name: string): boolean {
    this.run.close(name);
    if (name !== 'si') return name === 'sst';
    const text = this.run.take();
    this.characters += text.length + 8;
    if (this.characters > this.limits.strings) throw new Unreadable('too-many-strings', { limit: this.limits.strings });
    this.table.push(detached(unescaped(text)));
    return false;
  }
}
