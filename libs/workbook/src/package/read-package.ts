import { promisify } from 'node:util';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import yauzl, { type Entry, type ZipFile } from 'yauzl';

const open = promisify<string, yauzl.Options, ZipFile>(yauzl.open);

/** Of a part that is read whole. Only sheets and strings grow beyond it, and they are streamed. */
const WHOLE = 256 * 1024 * 1024;

/** A package of parts (ECMA-376 part 2) opened for reading: parts by name, without a leading slash. */
export class PackageReader {
  private constructor(private readonly zip: ZipFile, readonly parts: ReadonlyMap<string, Entry>) {}

  /** @throws when the file is no zip archive, or a damaged one */
  static async open(path: string): Promise<PackageReader> {
    const zip = await open(path, { lazyEntries: true, autoClose: false, decodeStrings: true, validateEntrySizes: true });
    const parts = new Map<string, Entry>();
    for await (const entry of zip.eachEntry()) if (!entry.fileName.endsWith('/')) parts.set(entry.fileName, entry);
    return new PackageReader(zip, parts);
  }

  /** The name as the package writes it: names differ in case between a relationship and its part in some writers' files. */
  named(name: string): string | undefined {
    if (this.parts.has(name)) return name;
    const lower = name.toLowerCase();
    return [...this.parts.keys()].find((one) => one.toLowerCase() === lower);
  }

  async stream(name: string, { compressed = false } = {}): Promise<Readable> {
    const entry = this.parts.get(name);
    if (!entry) throw new Error(`no part ${name}`);
    const raw = compressed && entry.compressionMethod !== 0;
    return this.zip.openReadStreamPromise(entry, raw ? { decompress: false } : {});
  }

  /** A small part's text. */
  async text(name: string): Promise<string> {
    const size = this.parts.get(name)?.uncompressedSize ?? 0;
    if (size > WHOLE) throw new Error(`part ${name} holds ${size} bytes`);
    const bytes = await buffer(await this.stream(name));
    const wide = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
    return new TextDecoder(wide).decode(bytes).replace(/(<\?xml[^>]*encoding=")utf-16"/i, '$1UTF-8"');
  }

  close(): void {
    this.zip.close();
  }
}
