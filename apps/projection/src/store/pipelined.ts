import { setImmediate as turn } from 'node:timers/promises';
import type { Tx } from '#postgres';

/** Subjects derived before the event loop has its turn. */
const SLICE = 20;

/** One statement after the other on one connection, whoever asks meanwhile. */
export const inTurn = (tx: Tx): Tx => {
  let last: Promise<unknown> = Promise.resolve();
  const after = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work);
    last = next.catch(() => undefined);
    return next;
  };
  return { query: (...asked) => after(() => tx.query(...asked)), copy: (table, columns, rows) => after(() => tx.copy(table, columns, rows)) };
};

/** Works through many in order; between slices what is on its way to and from the server moves on. */
export const inSlices = async <T>(items: readonly T[], work: (item: T) => void): Promise<void> => {
  for (const [i, item] of items.entries()) {
    if (i % SLICE === 0) await turn();
    work(item);
  }
};

/** What is done with each chunk. `derive` works {@link inSlices}. */
export interface Stages<Chunk, Loaded, Derived> {
  load(chunk: Chunk): Promise<Loaded>;
  derive(loaded: Loaded): Promise<Derived>;
  write(derived: Derived): Promise<unknown>;
}

/** A failure is told where it is awaited; until then nobody listens. */
const quietly = <T>(promise: Promise<T>): Promise<T> => {
  promise.catch(() => undefined);
  return promise;
};

/**
 * While one chunk is derived, the server takes in what the one before came to and reads the facts of the next. At most one
 * chunk waits to be written: memory stays bounded.
 */
export const pipelined = async <Chunk, Loaded, Derived>(
  chunks: Iterable<Chunk> | AsyncIterable<Chunk>,
  { load, derive, write }: Stages<Chunk, Loaded, Derived>,
): Promise<void> => {
  let written: Promise<unknown> = Promise.resolve();
  let loaded: Loaded | undefined;
  const derived = async (): Promise<Derived | undefined> => (loaded === undefined ? undefined : derive(loaded));
  const put = async (ready: Derived | undefined): Promise<void> => {
    await written;
    if (ready !== undefined) written = quietly(write(ready));
  };
  for await (const chunk of chunks) {
    const ahead = quietly(load(chunk));
    const ready = await derived();
    loaded = await ahead;
    await put(ready);
  }
  await put(await derived());
  await written;
};
