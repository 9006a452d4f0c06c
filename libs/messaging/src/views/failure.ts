import { TryAgain } from '../feed.js';

/** The view stands still until an operator says retry or skip. */
export class Halted extends Error {
  override name = 'Halted';
}

/** Another generation has taken over: this one takes in nothing more. */
export class Retired extends Error {
  override name = 'Retired';
}

/** Another runner was faster: what was folded is rolled back, and its checkpoint is asked again. */
export class Fenced extends Error {
  override name = 'Fenced';
}

/** The events do not follow the checkpoint. */
export class Gap extends Error {
  override name = 'Gap';

  constructor(
    readonly expected: number,
    readonly found: number,
  ) {
    super(`expected position ${expected}, found ${found}`);
  }
}

/** SQLSTATE classes that say nothing about the event: connection, rolled back by a rival, out of resources, an operator's act. */
const PASSING_STATES = ['08', '40', '53', '55', '57', '58'];
const NETWORK = /^(ECONN|EPIPE|ETIMEDOUT|EAI_|ENOTFOUND|EHOSTUNREACH|ENETUNREACH)/;
/** pg reports a lost connection without a code. */
const LOST = /connection terminated|not queryable|connection error|timeout exceeded when trying to connect|client was closed/i;

/** Whether the same batch may well go through later, unchanged. Anything else is the event's (or the fold's) own fault. */
export const isPassing = (error: unknown): boolean => {
  if ([TryAgain, Halted, Retired, Fenced].some((kind) => error instanceof kind)) return true;
  if (!(error instanceof Error)) return false;
  const code = String((error as { code?: unknown }).code ?? '');
  if (/^[0-9A-Z]{5}$/.test(code)) return PASSING_STATES.includes(code.slice(0, 2));
  return NETWORK.test(code) || LOST.test(error.message);
};
