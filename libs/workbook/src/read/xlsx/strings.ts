import type { Limits } from '../source.js';
import { Unreadable } from '../unreadable.js';
import { type Handler, readPart } from './xml.js';
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

/** The table of unique strings, by number. @throws Unreadable when it is over the limit */
export const readStrings = async (zip: Zip, part: string | null, limits: Limits): Promise<readonly string[]> => {
  const strings: string[] = [];
  if (part === null) return strings;
  const run = richText();
  let characters = 0;
  const handler: Handler = {
    open: run.open,
    text: run.text,
    close: (name) => {
      run.close(name);
      if (name !== 'si') return name === 'sst';
      const text = run.take();
      characters += text.length + 8;
      if (characters > limits.strings) throw new Unreadable('too-many-strings', { limit: limits.strings });
      strings.push(detached(unescaped(text)));
      return false;
    },
  };
  await readPart(zip, part, handler, Infinity);
  return strings;
};
