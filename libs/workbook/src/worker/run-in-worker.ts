import { parentPort, Worker, workerData } from 'node:worker_threads';
import { Unreadable, type UnreadableCode } from '../read/unreadable.js';

/** What a worker says: how far it is, then how it ended. */
type Said<T> =
  | { readonly progress: unknown }
  | { readonly done: T }
  | { readonly unreadable: { readonly code: UnreadableCode; readonly details: Readonly<Record<string, string | number>> } }
  | { readonly failed: string };

export interface Running<P> {
  readonly onProgress?: (progress: P) => void;
  /** Ends the worker at once, wherever it is. */
  readonly signal?: AbortSignal;
}

/** Of the worker's heap, in MB: a file that needs more is refused, and the process lives on. */
const MOST_HEAP = 1500;
/** Cells live for one row: more room for the young only makes the process larger. */
const YOUNG = 32;

const outcome = <T>(said: Said<T>): T | Error => {
  if ('done' in said) return said.done;
  if ('unreadable' in said) return new Unreadable(said.unreadable.code, said.unreadable.details);
  return new Error('failed' in said ? said.failed : 'a worker spoke out of turn');
};

/**
 * Runs a module that calls `serveWorker`, away from the thread that answers people.
 * @throws Unreadable as the module did, `cancelled` when the signal came, `too-much-memory` when it needed more than it may have
 */
export const runInWorker = <I, T, P = unknown>(module: URL, input: I, { onProgress, signal }: Running<P> = {}): Promise<T> =>
  new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(new Unreadable('cancelled'));
    const worker = new Worker(module, { workerData: input, resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP, maxYoungGenerationSizeMb: YOUNG } });
    const cancel = (): void => void worker.terminate();
    signal?.addEventListener('abort', cancel, { once: true });
    let ended: T | Error | null = null;
    worker.on('message', (said: Said<T>) => {
      if ('progress' in said) onProgress?.(said.progress as P);
      else ended = outcome(said);
    });
    worker.on('error', (error: Error & { code?: string }) => {
      ended ??= error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new Unreadable('too-much-memory') : error;
    });
    worker.on('exit', () => {
      signal?.removeEventListener('abort', cancel);
      const result = ended ?? new Unreadable('cancelled');
      if (result instanceof Error) reject(result);
      else resolve(result);
    });
  });

/** The worker's side: does the work once, with what `runInWorker` was given. */
export const serveWorker = async <I, T>(work: (input: I, progress: (progress: unknown) => void) => Promise<T>): Promise<void> => {
  const say = (said: Said<T>): void => parentPort?.postMessage(said);
  try {
    say({ done: await work(workerData as I, (progress) => say({ progress })) });
  } catch (error) {
    if (error instanceof Unreadable) say({ unreadable: { code: error.code, details: error.details } });
    else say({ failed: (error as Error).stack ?? String(error) });
  }
};
