import { isAscii, isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { Unreadable } from '../unreadable.js';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';

const BOMS: readonly (readonly [Encoding, readonly number[]])[] = [['utf-8', [0xef, 0xbb, 0xbf]], ['utf-16le', [0xff, 0xfe]], ['utf-16be', [0xfe, 0xff]]];

const zerosAt = (head: Buffer, parity: number): number => head.reduce((zeros, byte, i) => zeros + (byte === 0 && i % 2 === parity ? 1 : 0), 0);
/** UTF-16 without a mark: its separators and digits have a zero in every second byte, on one side only. */
const unmarkedWide = (head: Buffer): Encoding | null => {
  const [even, odd] = [zerosAt(head, 0), zerosAt(head, 1)];
  if (Math.max(even, odd) < head.length / 12 || Math.min(even, odd) > Math.max(even, odd) / 4) return null;
  return odd > even ? 'utf-16le' : 'utf-16be';
};

/** A piece may end within a character of up to four bytes. */
const isUtf8Piece = (piece: Buffer): boolean => [0, 1, 2, 3].some((cut) => isUtf8(piece.subarray(0, piece.length - cut)));

/** By a byte order mark, else by the first bytes that are not ASCII. Null: no text. */
export const sniffEncoding = async (path: string, head: Buffer): Promise<Encoding | null> => {
  const marked = BOMS.find(([, mark]) => mark.every((byte, i) => head[i] === byte));
  if (marked) return marked[0];
  const wide = unmarkedWide(head);
  if (wide) return wide;
  if (head.includes(0)) return null;
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) if (!isAscii(piece)) return isUtf8Piece(piece) ? 'utf-8' : 'gb18030';
  return 'utf-8';
};

/** The text of a file piece by piece. @throws Unreadable where the bytes are no text of this encoding */
export async function* decoded(path: string, encoding: string, where: () => number | string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const decode = (piece?: Buffer): string => {
    try {
      return piece ? decoder.decode(piece, { stream: true }) : decoder.decode();
    } catch {
      throw new Unreadable('mixed-encoding', { row: where() });
    }
  };
  for await (const piece of createReadStream(path, { highWaterMark: 262_144 }) as AsyncIterable<Buffer>) yield decode(piece);
  yield decode();
}
