import { Unreadable } from '../unreadable.js';
import { type Handler, XmlScan } from './xml-scan.js';
import type { Zip } from './zip.js';

export type { Handler } from './xml-scan.js';
export type { Attributes } from './xml-tag.js';

const decoderFor = (head: Buffer) => {
  if (head[0] === 0xff && head[1] === 0xfe) return new TextDecoder('utf-16le', { fatal: true });
  if (head[0] === 0xfe && head[1] === 0xff) return new TextDecoder('utf-16be', { fatal: true });
  return new TextDecoder('utf-8', { fatal: true });
};

/** Reads one part piece by piece and yields what `take` finds after each, if anything. Ends early when the handler is done. */
export async function* walkPart<T>(zip: Zip, name: string, handler: Handler, take: () => T[]): AsyncGenerator<T[]> {
  const scan = new XmlScan(handler);
  let decoder: ReturnType<typeof decoderFor> | null = null;
  try {
    for await (const chunk of zip.pieces(name)) {
      decoder ??= decoderFor(chunk);
      scan.push(decoder.decode(chunk, { stream: true }));
      const taken = take();
      if (taken.length > 0) yield taken;
      if (scan.done) return;
    }
    scan.end();
  } catch (error) {
    throw error instanceof Unreadable ? error : new Unreadable('damaged', { detail: `${name}: ${(error as Error).message.slice(0, 80)}` });
  }
}

/** @throws Unreadable when the part is missing, larger than `most` bytes or no XML */
export const readPart = async (zip: Zip, name: string, handler: Handler, most = 64_000_000): Promise<void> => {
  if (zip.size(name) > most) throw new Unreadable('expands-too-much', { detail: name });
  for await (const none of walkPart<never>(zip, name, handler, () => [])) void none;
};
