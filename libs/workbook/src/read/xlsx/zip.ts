import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { createInflateRaw } from 'node:zlib';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import type { Limits } from '../source.js';
import { Unreadable } from '../unreadable.js';

const MOST_PARTS = 20_000;
/** Below this a part cannot hurt, however well it packs. */
const SMALL = 10_000_000;

/** The parts of a package by their name without a leading slash, in small letters. */
export interface Zip {
  has(name: string): boolean;
  names(): Iterable<string>;
  /** Bytes of the part once expanded, as the directory says; more than that is never given out. */
  size(name: string): number;
  pieces(name: string): AsyncGenerator<Buffer>;
  close(): void;
}

const open = promisify<string, yauzl.Options, ZipFile>(yauzl.open);
const damaged = (error: unknown): Unreadable => (error instanceof Unreadable ? error : new Unreadable('damaged', { detail: (error as Error).message }));
const key = (name: string): string => name.replace(/\\/g, '/').replace(/^\/+/, '').toLowerCase();

/** Refused by the directory alone, before anything is inflated. */
const checkSizes = (entries: ReadonlyMap<string, Entry>, limits: Limits): void => {
  let total = 0;
  for (const entry of entries.values()) {
    total += entry.uncompressedSize;
    const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize);
    if (entry.uncompressedSize > SMALL && ratio > limits.ratio) throw new Unreadable('expands-too-much', { detail: `${entry.fileName} × ${Math.round(ratio)}` });
  }
  if (total > limits.expanded) throw new Unreadable('expands-too-much', { detail: `${Math.round(total / 1e6)} MB` });
};

const entriesOf = (zip: ZipFile): Promise<Map<string, Entry>> =>
  new Promise((resolve, reject) => {
    const entries = new Map<string, Entry>();
    zip.on('error', reject);
    zip.on('end', () => resolve(entries));
    zip.on('entry', (entry: Entry) => {
      if (entries.size >= MOST_PARTS) return reject(new Unreadable('expands-too-much', { detail: `> ${MOST_PARTS} parts` }));
      entries.set(key(entry.fileName), entry);
      zip.readEntry();
    });
    zip.readEntry();
  });

const STORED = 0;
const DEFLATED = 8;
/** The library's own pieces of 16 kB cost more in coming and going than in inflating. */
const PIECE = 131_072;

/** What a part expands to, and never more than the directory says. */
async function* inflated(packed: Readable, { compressionMethod, uncompressedSize, fileName }: Entry): AsyncGenerator<Buffer> {
  if (compressionMethod !== STORED && compressionMethod !== DEFLATED) throw new Unreadable('damaged', { detail: `${fileName}: method ${compressionMethod}` });
  const source = compressionMethod === STORED ? packed : packed.pipe(createInflateRaw({ chunkSize: PIECE }));
  packed.on('error', (error) => source.destroy(error));
  let left = uncompressedSize;
  try {
    for await (const piece of source as AsyncIterable<Buffer>) {
      left -= piece.length;
      if (left < 0) throw new Unreadable('damaged', { detail: `${fileName} is larger than it says` });
      yield piece;
    }
    if (left > 0) throw new Unreadable('damaged', { detail: `${fileName} is smaller than it says` });
  } catch (error) {
    throw damaged(error);
  } finally {
    source.destroy();
    packed.destroy();
  }
}

/** @throws Unreadable when the file is no whole zip, or expands to too much */
export const openZip = async (path: string, limits: Limits): Promise<Zip> => {
  const zip = await open(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true, strictFileNames: false }).catch((error: unknown) => {
    throw damaged(error);
  });
  try {
    const entries = await entriesOf(zip);
    checkSizes(entries, limits);
    const entry = (name: string): Entry => {
      const found = entries.get(key(name));
      if (!found) throw new Unreadable('damaged', { detail: `no part ${name}` });
      if (found.isEncrypted()) throw new Unreadable('password-protected');
      return found;
    };
    const raw = promisify<Entry, yauzl.ZipFileOptions, Readable>(zip.openReadStream.bind(zip));
    return {
      has: (name) => entries.has(key(name)),
      names: () => entries.keys(),
      size: (name) => entry(name).uncompressedSize,
      pieces: async function* (name) {
        const found = entry(name);
        yield* inflated(await raw(found, { decodeFileData: false, start: null, end: null, decompress: null, decrypt: null }), found);
      },
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw damaged(error);
  }
};
