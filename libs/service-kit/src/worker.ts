import type { AnyCommand } from '#decider';
import type { Database } from '#postgres';
import type { CommandAnswer } from './command-answer.js';
import type { Params, ViewReader } from './query.js';

/** A background loop of a service, one running at a time however many processes there are. A throw is logged and the next round comes. */
export interface Worker {
  /** A sentence: `score-villages-whose-figures-moved`. */
  readonly name: string;
  /** Pause between two rounds, in milliseconds. */
  readonly everyMs: number;
  work(context: WorkerContext): Promise<void>;
}

export interface WorkerContext extends ViewReader {
  readonly db: Database;
  /** Aborts at shutdown; the round in hand is waited for. */
  readonly signal: AbortSignal;
  now(): number;
  /** Calendar day in Asia/Shanghai, `YYYY-MM-DD`. */
  today(): string;
  /** GET of another service's public API in the service's own name. */
  ask<T = unknown>(service: string, path: string, params?: Params): Promise<T>;
  /** Gives a command of this service in its own name; `commandId` (UUID) makes a repetition harmless. Throws a `Problem` when it is refused. */
  give(command: AnyCommand, input: unknown, commandId: string): Promise<CommandAnswer>;
  log(level: 'info' | 'warn', details: object, message: string): void;
}
