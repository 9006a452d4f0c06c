import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { Unreadable } from '../unreadable.js';
import type { Zip } from './zip.js';

export type Attributes = Readonly<Record<string, string>>;
/** What a part's reader is told. Names come without their prefix. Returning `true` from `close` ends the reading. */
export interface Handler {
  open?(name: string, attributes: Attributes): void;
  text?(text: string): void;
  close?(name: string): boolean | void;
}

/** Bytes of one piece of XML without a single tag ending in them: a text nobody typed. */
const LONGEST_QUIET = 4_000_000;
const DEEPEST = 200;

export const local = (name: string): string => {
  const at = name.indexOf(':');
  return at < 0 ? name : name.slice(at + 1);
};

interface Walk {
  events: number;
  depth: number;
  done: boolean;
}

const parserFor = (handler: Handler, walk: Walk): SaxesParser => {
  const parser = new SaxesParser({ xmlns: false, position: false });
  parser.on('error', (error) => {
    throw new Unreadable('damaged', { detail: error.message.slice(0, 80) });
  });
  parser.on('doctype', () => {
    throw new Unreadable('external-entities');
  });
  parser.on('opentag', (tag: SaxesTagPlain) => {
    walk.events += 1;
    walk.depth += 1;
    if (walk.depth > DEEPEST) throw new Unreadable('damaged', { detail: 'too deep' });
    if (!walk.done) handler.open?.(local(tag.name), tag.attributes);
  });
  parser.on('closetag', (tag: SaxesTagPlain) => {
    walk.events += 1;
    walk.depth -= 1;
    if (!walk.done && handler.close?.(local(tag.name)) === true) walk.done = true;
  });
  if (handler.text) parser.on('text', (text) => walk.done || handler.text?.(text));
  return parser;
};

const decoderFor = (head: Buffer) => {
  if (head[0] === 0xff && head[1] === 0xfe) return new TextDecoder('utf-16le', { fatal: true });
  if (head[0] === 0xfe && head[1] === 0xff) return new TextDecoder('utf-16be', { fatal: true });
  return new TextDecoder('utf-8', { fatal: true });
};

/** Feeds a parser with bytes; says when a text goes on for longer than any that was typed. */
const feeder = (parser: SaxesParser, walk: Walk) => {
  let decoder: ReturnType<typeof decoderFor> | null = null;
  let quiet = 0;
  return (chunk: Buffer): void => {
    decoder ??= decoderFor(chunk);
    const before = walk.events;
    parser.write(decoder.decode(chunk, { stream: true }));
    quiet = walk.events === before ? quiet + chunk.length : 0;
    if (quiet > LONGEST_QUIET) throw new Unreadable('cell-too-long', { row: '?', limit: LONGEST_QUIET });
  };
};

/** Reads one part piece by piece and yields what `take` finds after each, if anything. Ends early when the handler is done. */
export async function* walkPart<T>(zip: Zip, name: string, handler: Handler, take: () => T[]): AsyncGenerator<T[]> {
  const walk: Walk = { events: 0, depth: 0, done: false };
  const parser = parserFor(handler, walk);
  const feed = feeder(parser, walk);
  const stream = await zip.stream(name);
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      feed(chunk);
      const taken = take();
      if (taken.length > 0) yield taken;
      if (walk.done) return;
    }
    parser.close();
  } catch (error) {
    throw error instanceof Unreadable ? error : new Unreadable('damaged', { detail: `${name}: ${(error as Error).message.slice(0, 80)}` });
  } finally {
    stream.destroy();
  }
}

/** @throws Unreadable when the part is missing, larger than `most` bytes or no XML */
export const readPart = async (zip: Zip, name: string, handler: Handler, most = 64_000_000): Promise<void> => {
  if (zip.size(name) > most) throw new Unreadable('expands-too-much', { detail: name });
  for await (const none of walkPart<never>(zip, name, handler, () => [])) void none;
};
