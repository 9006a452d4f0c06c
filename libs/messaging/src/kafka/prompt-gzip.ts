import { setImmediate as turn } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import kafkajs from 'kafkajs';

// By the default export: Node does not see this name among the others of the package.
const { CompressionCodecs, CompressionTypes } = kafkajs;

interface Codec {
  compress(encoder: { readonly buffer: Buffer }): Promise<Buffer>;
  decompress(buffer: Buffer): Promise<Buffer>;
}
const usual = (CompressionCodecs[CompressionTypes.GZIP] as () => Codec)();

/** Milliseconds of unpacking after which the rest of the process has its turn. */
const AT_A_STRETCH = 10;
let stretch = -Infinity;

/**
 * kafkajs unpacks the batches of a fetch one after the other, each in another thread, and so waits for a turn of the event loop
 * for every one: a busy process reads small batches, as they are written one command after the other, at a few dozen a second.
 * They take less time than the waiting, so they are unpacked on the spot.
 */
const prompt: Codec = {
  compress: (encoder) => usual.compress(encoder),
  decompress: async (buffer) => {
    if (performance.now() - stretch > AT_A_STRETCH) {
      await turn();
      stretch = performance.now();
    }
    return gunzipSync(buffer);
  },
};

/** For every kafkajs client of this process. */
export const unpackPromptly = (): void => {
  CompressionCodecs[CompressionTypes.GZIP] = () => prompt;
};
