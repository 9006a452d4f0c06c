import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { crc32, createDeflateRaw, deflateRawSync, type ZlibOptions } from 'node:zlib';
import type { Entry } from 'yauzl';

const LOCAL = 0x04034b50;
const DESCRIPTOR = 0x08074b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const UTF8_NAME = 0x800;
const SIZES_FOLLOW = 0x8;
const DEFLATED = 8;
/** 1 January 1980, the format's first day: the same content gives the same bytes. */
const DAY = 0x21;
const LARGEST = 0xffffffff;

interface Written {
  readonly name: Buffer;
  readonly offset: number;
  readonly method: number;
  readonly flags: number;
  crc: number;
  compressed: number;
  size: number;
}

const numbers = (...fields: readonly (readonly [value: number, bytes: 2 | 4])[]): Buffer => {
  const out = Buffer.alloc(fields.reduce((sum, [, bytes]) => sum + bytes, 0));
  let at = 0;
  for (const [value, bytes] of fields) at = out.writeUIntLE(value, at, bytes);
  return out;
};

const localHeader = ({ name, flags, method, crc, compressed, size }: Written): Buffer =>
  Buffer.concat([numbers([LOCAL, 4], [20, 2], [flags, 2], [method, 2], [0, 2], [DAY, 2], [crc, 4], [compressed, 4], [size, 4], [name.length, 2], [0, 2]), name]);

const centralHeader = ({ name, offset, flags, method, crc, compressed, size }: Written): Buffer =>
  Buffer.concat([
    numbers([CENTRAL, 4], [20, 2], [20, 2], [flags, 2], [method, 2], [0, 2], [DAY, 2], [crc, 4], [compressed, 4], [size, 4], [name.length, 2]),
    numbers([0, 2], [0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]),
    name,
  ]);

/** Large pieces: what a part is compressed in, and how far its maker may run ahead of the compression. */
const PIECE = 1 << 18;
const DEFLATE: ZlibOptions & { highWaterMark: number } = { chunkSize: PIECE, memLevel: 9, highWaterMark: 4 * PIECE };

/**
 * Writes a package of parts to any stream, without seeking back, in the memory of one piece. Not for more than 4 GB: the programs that
 * read workbooks disagree on larger ones.
 */
export class PackageWriter {
  readonly #parts: Written[] = [];
  #offset = 0;

  /** @param level of deflate: 1 costs a third of 6 and gives a file a quarter larger */
  constructor(private readonly sink: Writable, private readonly level = 1) {}

  async #write(bytes: Buffer): Promise<void> {
    this.#offset += bytes.length;
    if (this.sink.errored) throw this.sink.errored;
    if (!this.sink.write(bytes)) await once(this.sink, 'drain');
  }

  #begin(name: string, known: Partial<Written>): Written {
    const part = { name: Buffer.from(name), offset: this.#offset, method: DEFLATED, flags: UTF8_NAME, crc: 0, compressed: 0, size: 0, ...known };
    this.#parts.push(part);
    return part;
  }

  /** A part whose text is at hand. */
  async text(name: string, text: string): Promise<void> {
    const content = Buffer.from(text);
    const compressed = deflateRawSync(content, { level: 6 });
    await this.#write(localHeader(this.#begin(name, { crc: crc32(content), compressed: compressed.length, size: content.length })));
    await this.#write(compressed);
  }

  /** A part that is made as it goes. */
  async stream(name: string, content: AsyncIterable<Buffer>): Promise<void> {
    const part = this.#begin(name, { flags: UTF8_NAME | SIZES_FOLLOW });
    await this.#write(localHeader(part));
    const counted = async function* () {
      for await (const piece of content) {
        part.crc = crc32(piece, part.crc);
        part.size += piece.length;
        yield piece;
      }
    };
    await pipeline(counted, createDeflateRaw({ ...DEFLATE, level: this.level }), async (pieces: AsyncIterable<Buffer>) => {
      for await (const piece of pieces) {
        part.compressed += piece.length;
        await this.#write(piece);
      }
    });
    await this.#write(numbers([DESCRIPTOR, 4], [part.crc, 4], [this.#fitting(part.compressed), 4], [this.#fitting(part.size), 4]));
  }

  /** A part of another package, as it lies there. */
  async copy(entry: Entry, compressed: Readable): Promise<void> {
    const { crc32: crc, compressedSize, uncompressedSize: size, compressionMethod: method } = entry;
    await this.#write(localHeader(this.#begin(entry.fileName, { crc, compressed: compressedSize, size, method })));
    for await (const piece of compressed as AsyncIterable<Buffer>) await this.#write(piece);
  }

  #fitting(size: number): number {
    if (size > LARGEST) throw new RangeError('a workbook of more than 4 GB: write .csv or Parquet instead');
    return size;
  }

  /** Writes the table of contents and ends the stream. */
  async close(): Promise<void> {
    const start = this.#fitting(this.#offset);
    for (const part of this.#parts) await this.#write(centralHeader(part));
    const count = this.#parts.length;
    await this.#write(numbers([END, 4], [0, 2], [0, 2], [count, 2], [count, 2], [this.#offset - start, 4], [start, 4], [0, 2]));
    this.sink.end();
    await finished(this.sink);
  }
}
