import { decide, type Command, type Emission, type Facts, type Known, type Needs, type Refs, type States } from './command.js';
import type { DomainEvent } from './event.js';
import { isRefusal } from './refusal.js';
import { fold, type StreamRef } from './stream.js';

type History = ReadonlyMap<string, readonly DomainEvent[]>;
const NOON = Date.parse('2022-07-18T12:00:00+08:00');

export interface Circumstances {
  /** Epoch milliseconds; 2022-07-18 noon in Shanghai unless told. */
  now?: number;
  actor?: string;
  roles?: readonly string[];
  onBehalfOf?: string;
}

const load = <R extends Refs>(refs: R, history: History): States<R> => {
  const one = (ref: StreamRef) => {
    const events = history.get(ref.key) ?? [];
    return { ref, version: events.length, state: fold(ref, events) };
  };
  const all = Object.entries(refs).map(([name, ref]) => [name, Array.isArray(ref) ? ref.map(one) : one(ref as StreamRef)]);
  return Object.fromEntries(all) as States<R>;
};

/** What the command asked for and was told; what it only wished for is null when nobody told it. */
const factsFor = <N extends Needs>(needs: N, told: Readonly<Record<string, unknown>>): Facts<N> => {
  const wished = Object.entries(needs).filter(([, asked]) => 'optional' in asked && asked.optional);
  return { ...Object.fromEntries(wished.map(([name]) => [name, null])), ...told } as Facts<N>;
};

const shanghaiDay = (ms: number): string => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 10);

class Given {
  constructor(
    private readonly history: History = new Map(),
    private readonly known: Record<string, unknown> = {},
  ) {}

  /** Events already on a stream. */
  events(ref: StreamRef, ...events: DomainEvent[]): Given {
    return new Given(new Map([...this.history, [ref.key, [...(this.history.get(ref.key) ?? []), ...events]]]), this.known);
  }

  /** What the local views answer, by the names the command's `needs` gives them. */
  facts(facts: Record<string, unknown>): Given {
    return new Given(this.history, { ...this.known, ...facts });
  }

  when<I, R extends Refs, N extends Needs, C extends string>(command: Command<I, R, N, C>, input: I, circumstances: Circumstances = {}) {
    const now = circumstances.now ?? NOON;
    const known: Known = (ref) => fold(ref, this.history.get(ref.key) ?? []);
    const states = load(command.streams(input, known), this.history);
    const facts = factsFor(command.needs(input, known), this.known);
    const about = { input, states, facts, now, today: shanghaiDay(now), actor: circumstances.actor ?? 'someone', roles: circumstances.roles ?? [], onBehalfOf: circumstances.onBehalfOf };
    return new Outcome(decide(command, about));
  }
}

class Outcome<C extends string> {
  constructor(readonly result: readonly Emission[] | { refused: true; code: C; details: object }) {}

  /** Exactly these, in this order: `[stream key, event]`, or the event alone when one stream is touched. */
  emits(...expected: (DomainEvent | [string, DomainEvent])[]): void {
    const emitted = this.emitted();
    expect(emitted.map((e, i) => (Array.isArray(expected[i]) ? [e.ref.key, e.event] : e.event))).toEqual(expected);
  }

  /** The events, for assertions on a part of them. */
  emitted(): readonly Emission[] {
    if (isRefusal(this.result)) throw new Error(`refused: ${this.result.code} ${JSON.stringify(this.result.details)}`);
    return this.result as readonly Emission[];
  }

  rejects(code: C): void {
    expect(isRefusal(this.result) ? this.result.code : `emitted ${(this.result as readonly Emission[]).map((e) => e.event.type).join(', ')}`).toBe(code);
  }
}

/** `given().events(stream, …).facts({…}).when(command, input).emits(…)` or `.rejects('code')` */
export const given = (): Given => new Given();
