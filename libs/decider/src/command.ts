import type { DomainEvent } from './event.js';
import { refusal, type Refusal, type Text } from './refusal.js';
import type { Loaded, StreamRef } from './stream.js';

/**
 * A fact of another stream or service that a decision needs: looked up in a local view by `kind` and `id`.
 * Missing and not `optional`: the caller waits (bounded), then the command is refused with `not-known-yet`.
 */
export interface Need<T> {
  readonly kind: string;
  readonly id: string;
  readonly optional: boolean;
  /** Type only. */
  readonly as?: T;
}
export const need = <T>(kind: string, id: string): Need<T> => ({ kind, id, optional: false });
export const wish = <T>(kind: string, id: string): Need<T | null> => ({ kind, id, optional: true });

export type Needs = Record<string, Need<unknown> | readonly Need<unknown>[]>;
export type Facts<N extends Needs> = {
  readonly [K in keyof N]: N[K] extends Need<infer T> ? T : N[K] extends readonly Need<infer T>[] ? readonly T[] : never;
};

/**
 * The state of a stream that is already loaded, undefined while it is not. Lets a command name further streams and facts that
 * another one's state points at: `streams` is asked again until it names nothing new, `needs` once all are loaded.
 */
export type Known = <S>(ref: StreamRef<S>) => S | undefined;

export type Refs = Record<string, StreamRef | readonly StreamRef[]>;
export type States<R extends Refs> = {
  readonly [K in keyof R]: R[K] extends StreamRef<infer S> ? Loaded<S> : R[K] extends readonly StreamRef<infer S>[] ? readonly Loaded<S>[] : never;
};

/** One event onto one stream. A command's emissions are appended together or not at all. */
export interface Emission {
  readonly ref: StreamRef;
  readonly event: DomainEvent;
}
export const emit = <S>(to: StreamRef<S> | Loaded<S>, ...events: DomainEvent[]): Emission[] => {
  const ref = ('ref' in to ? to.ref : to) as StreamRef;
  return events.map((event) => ({ ref, event }));
};

/** Where a command or a query acts: a grant on any one of these (with a fitting role) is enough. */
export interface Place {
  readonly village?: string;
  readonly cooperative?: string;
  readonly enterprise?: string;
}

/** Who may. `on` names the places it touches; without `on` only a grant on everything suffices. */
export interface May<X> {
  readonly roles: readonly string[];
  readonly on?: (about: X) => readonly Place[];
}

export interface About<I, R extends Refs, N extends Needs> {
  readonly input: I;
  readonly states: States<R>;
  readonly facts: Facts<N>;
}

/** All that a decision may know. No clock and no randomness beside `now`, `today` and the ids in the input. */
export interface Deciding<I, R extends Refs, N extends Needs, C extends string> extends About<I, R, N> {
  /** Epoch milliseconds. */
  readonly now: number;
  /** `now` as a calendar day in Asia/Shanghai, `YYYY-MM-DD`. */
  readonly today: string;
  /** Account id of whoever gives the command, and the roles it was allowed by. */
  readonly actor: string;
  readonly roles: readonly string[];
  /** 代办: whom the actor gives it for, when that is another. */
  readonly onBehalfOf?: string | undefined;
  readonly refuse: (code: C, details?: Refusal['details']) => Refusal<C>;
}

export type InputClass<I> = new () => I;

export interface Command<I = never, R extends Refs = Refs, N extends Needs = Needs, C extends string = string> {
  readonly name: string;
  readonly title: Text;
  readonly input: InputClass<I>;
  /** A valid input, shown in the API documentation and used by the contract tests. */
  readonly example: NoInfer<I>;
  readonly may: May<About<I, R, N>>;
  streams(input: I, known: Known): R;
  needs(input: I, known: Known): N;
  readonly refusals: Readonly<Record<C, Text>>;
  decide(deciding: Deciding<I, R, N, C>): readonly Emission[] | Refusal<C>;
}

/** For lists and registries: a command of any shape. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the shape differs per command; each is checked where it is defined
export type AnyCommand = Command<any, any, any, any>;

/** Deciding no event is allowed: the command was already true, and answers so. */
export const defineCommand = <I, R extends Refs, C extends string, N extends Needs = Record<never, never>>(
  command: Omit<Command<I, R, N, C>, 'needs'> & { needs?(input: I, known: Known): N },
): Command<I, R, N, C> => ({ needs: () => ({}) as N, ...command });

/** Runs the pure part of a command on states and facts that are already there. */
export const decide = <I, R extends Refs, N extends Needs, C extends string>(
  command: Command<I, R, N, C>,
  about: Omit<Deciding<I, R, N, C>, 'refuse'>,
): readonly Emission[] | Refusal<C> => command.decide({ ...about, refuse: (code, details) => refusal(code, details) });
