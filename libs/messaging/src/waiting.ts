import type { Log } from './feed.js';

/** Resolves after `ms`, or at once when the signal aborts. */
export const pause = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done, { once: true });
  });

/** Waits that double from `first` to `most` milliseconds, until something works again. */
export class Backoff {
  private next: number;

  constructor(
    private readonly first: number,
    private readonly most: number,
  ) {
    this.next = first;
  }

  take(): number {
    const now = this.next;
    this.next = Math.min(this.next * 2, this.most);
    return now;
  }

  reset(): void {
    this.next = this.first;
  }
}

/** Something that many can wait for. A ring between two waits is not lost: `count` tells that there was one. */
export class Bell {
  private waiting = new Set<() => void>();
  count = 0;

  ring(): void {
    this.count += 1;
    const all = this.waiting;
    this.waiting = new Set();
    for (const wake of all) wake();
  }

  /** Resolves at the first ring after `heard`, after `ms`, or when the signal aborts. */
  wait(heard: number, ms: number, signal?: AbortSignal): Promise<void> {
    if (this.count !== heard) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.waiting.delete(done);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.waiting.add(done);
      if (signal?.aborted) done();
      else signal?.addEventListener('abort', done, { once: true });
    });
  }
}

/** One at a time, in the order of asking. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();

  take<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.last.then(work, work);
    this.last = mine.catch(() => undefined);
    return mine;
  }
}

export const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** One warning for a trouble that stays the same, however often it is met. */
export class Complaint {
  private last: string | null = null;

  constructor(
    private readonly log: Log,
    private readonly details: object,
  ) {}

  about(error: unknown, message: string): void {
    const text = textOf(error);
    if (text !== this.last) this.log.warn({ ...this.details, error: text }, message);
    this.last = text;
  }

  over(): void {
    this.last = null;
  }
}
