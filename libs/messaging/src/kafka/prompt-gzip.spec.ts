import { gzipSync } from 'node:zlib';
import kafkajs from 'kafkajs';
import { unpackPromptly } from './prompt-gzip.js';

const { CompressionCodecs, CompressionTypes } = kafkajs;

interface Codec {
  compress(encoder: { readonly buffer: Buffer }): Promise<Buffer>;
  decompress(buffer: Buffer): Promise<Buffer>;
}
const codec = (): Codec => (CompressionCodecs[CompressionTypes.GZIP] as () => Codec)();
const TEXTS = Array.from({ length: 300 }, (_, n) => `{"n":${n},"text":"${'登记'.repeat(50)}"}`);
const PACKED = TEXTS.map((text) => gzipSync(text));

/** How many turns of the event loop go by until all batches of a fetch are unpacked, one after the other. */
const turnsOf = async ({ decompress }: Codec): Promise<number> => {
  let [turns, done] = [0, false];
  const count = (): void => {
    turns += 1;
    if (!done) setImmediate(count);
  };
  setImmediate(count);
  const texts: string[] = [];
  for (const packed of PACKED) texts.push((await decompress(packed)).toString());
  done = true;
  expect(texts).toEqual(TEXTS);
  return turns;
};

test('Many small batches are unpacked without waiting for the event loop, which kafkajs as it comes does for each', async () => {
  expect(await turnsOf(codec())).toBeGreaterThan(PACKED.length / 2);
  unpackPromptly();
  expect(await turnsOf(codec())).toBeLessThan(PACKED.length / 5);
});

test('What was packed is unpacked', async () => {
  unpackPromptly();
  const buffer = Buffer.from(TEXTS.join('\n'));
  expect((await codec().decompress(await codec().compress({ buffer }))).equals(buffer)).toBe(true);
});
