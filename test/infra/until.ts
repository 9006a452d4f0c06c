import { setTimeout as pause } from 'node:timers/promises';

export interface Looking {
  /** Milliseconds between two looks: 20 unless told; more where a look is dear. */
  readonly every?: number;
  /** What a failure shows besides: a program's last words. */
  readonly shown?: () => string;
}

/** Waits until something holds. @throws when that does not come about within `ms` milliseconds */
export const until = async (what: string, holds: () => boolean | Promise<boolean>, ms = 90_000, { every = 20, shown }: Looking = {}): Promise<void> => {
  for (const end = Date.now() + ms; Date.now() < end; await pause(every)) if (await holds()) return;
  throw new Error(`did not come about: ${what}${shown ? `\n${shown()}` : ''}`);
};
