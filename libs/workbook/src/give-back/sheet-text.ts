import type { Readable } from 'node:stream';

const PORTION = 1 << 18;
/** What stands in these is no markup, whatever it looks like. */
const CDATA = '<![CDATA[';
const BEGIN = /<!(?:\[CDATA\[|--)/g;

/** UTF-16 by its mark; a part in any other way of writing than UTF-8 is rare, and goes out as UTF-8. */
const wideOf = (head: Buffer): string | null => (head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : null);

const declared = (text: string): string => text.replace(/^(<\?xml[^>]*encoding\s*=\s*["'])utf-16(?:le|be)?(["'])/i, '$1UTF-8$2');

const decoderFor = (head: Buffer): ((bytes: Buffer) => string) => {
  const wide = wideOf(head);
  if (wide === null) return (bytes) => bytes.toString('latin1');
  const decoder = new TextDecoder(wide);
  return (bytes) => Buffer.from(declared(decoder.decode(bytes, { stream: true }))).toString('latin1');
};

const bytesIn = async function* (stream: Readable): AsyncGenerator<Buffer> {
  let [held, size]: [Buffer[], number] = [[], 0];
  for await (const bytes of stream as AsyncIterable<Buffer>) {
    size += held.push(bytes) && bytes.length;
    if (size < PORTION) continue;
    yield Buffer.concat(held);
    [held, size] = [[], 0];
  }
  yield Buffer.concat(held);
};

/** The part's bytes one to one (latin1), those of UTF-16 as UTF-8 would have them. */
const lettersIn = async function* (stream: Readable): AsyncGenerator<string> {
  let decode: ((bytes: Buffer) => string) | null = null;
  for await (const bytes of bytesIn(stream)) {
    decode ??= decoderFor(bytes);
    yield decode(bytes);
  }
};

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Where something may begin at the end of what has come: `<`, `<!`, `<![CD`. */
const unsure = (text: string): number => {
  const last = text.lastIndexOf('<');
  return last >= 0 && last > text.length - CDATA.length && CDATA.startsWith(text.slice(last, last + 2)) ? last : text.length;
};

/** CDATA as an ordinary text, comments left out. `rest` has begun, or may have, and has not ended yet. */
const settled = (text: string): { readonly done: string; readonly rest: string } => {
  let [done, from] = ['', 0];
  BEGIN.lastIndex = 0;
  for (let begin = BEGIN.exec(text); begin; begin = BEGIN.exec(text)) {
    const { 0: letters, index } = begin;
    const ends = letters === CDATA ? ']]>' : '-->';
    const inner = index + letters.length;
    const close = text.indexOf(ends, inner);
    done += text.slice(from, index);
    if (close < 0) return { done, rest: text.slice(index) };
    if (letters === CDATA) done += escaped(text.slice(inner, close));
    from = BEGIN.lastIndex = close + ends.length;
  }
  const sure = Math.max(from, unsure(text));
  return { done: done + text.slice(from, sure), rest: text.slice(sure) };
};

/** A sheet part's text as it streams, in which every `<` begins a tag: rows and cells are found by their letters. */
export const sheetText = async function* (stream: Readable): AsyncGenerator<string> {
  let held = '';
  for await (const letters of lettersIn(stream)) {
    const { done, rest } = settled(held + letters);
    held = rest;
    yield done;
  }
  yield held;
};
