import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Writable } from 'node:stream';

/** The file to be written is the one that was read. */
export class WouldOverwriteInput extends Error {
  readonly code = 'would-overwrite-input';
  constructor(output: string) {
    super(`${output} 就是交来的文件，不会覆盖；请另取一个文件名 / is the file that was given: choose another name`);
  }
}

/** One file under two names, by a link of either kind, a way around or another case, is still one file. */
const sameFile = async (one: string, other: string): Promise<boolean> => {
  const [a, b] = await Promise.all([one, other].map((path) => stat(path, { bigint: true }).catch(() => null)));
  return a !== null && b !== null && a !== undefined && b !== undefined && a.dev === b.dev && a.ino === b.ino;
};

/** @throws WouldOverwriteInput when the output is the file that was given, under whatever name */
export const refuseInput = async (input: string, output: string): Promise<void> => {
  if (await sameFile(input, output)) throw new WouldOverwriteInput(output);
};

/**
 * Writes a file that is there whole or not at all: beside its place under another name, then renamed. It is as private as the input.
 * @throws WouldOverwriteInput
 */
export const writeBeside = async (input: string, output: string, write: (to: Writable) => Promise<void>): Promise<void> => {
  await refuseInput(input, output);
  const passing = join(dirname(output), `.${basename(output)}.${randomBytes(6).toString('hex')}.part`);
  const to = createWriteStream(passing, { flags: 'wx', mode: (await stat(input)).mode & 0o777, flush: true, highWaterMark: 1 << 20 });
  try {
    await write(to);
    await rename(passing, output);
  } catch (error) {
    to.destroy();
    await rm(passing, { force: true });
    throw error;
  }
};
