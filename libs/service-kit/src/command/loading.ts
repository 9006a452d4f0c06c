import { fold, type AnyCommand, type Known, type Loaded, type Refs, type StreamRef } from '#decider';
import type { EventStore } from '#event-store';

/** The streams of one command, as they stood when it was decided. */
export interface Situation {
  readonly states: Record<string, Loaded<unknown> | readonly Loaded<unknown>[]>;
  readonly loaded: ReadonlyMap<string, Loaded<unknown>>;
  readonly known: Known;
}
/** A command whose streams lead on and on names them wrongly. */
const ROUNDS = 8;

const flat = (refs: Refs): StreamRef[] => Object.values(refs).flatMap((ref) => ref as StreamRef | StreamRef[]);

/** Loads what the command names, and what the states of these make it name. */
export const load = async (store: Pick<EventStore, 'load'>, command: AnyCommand, input: unknown): Promise<Situation> => {
  const loaded = new Map<string, Loaded<unknown>>();
  const known: Known = <S>(ref: StreamRef<S>) => loaded.get(ref.key)?.state as S | undefined;
  for (let round = 0; round < ROUNDS; round += 1) {
    const refs = command.streams(input, known) as Refs;
    const missing = new Map(flat(refs).filter(({ key }) => !loaded.has(key)).map((ref) => [ref.key, ref]));
    if (missing.size === 0) return { states: statesOf(refs, loaded), loaded, known };
    const histories = await store.load([...missing.keys()]);
    for (const ref of missing.values()) {
      const events = histories.get(ref.key) ?? [];
      loaded.set(ref.key, { ref, version: events.at(-1)?.version ?? 0, state: fold(ref, events) });
    }
  }
  throw new Error(`${command.name} names new streams after ${ROUNDS} rounds`);
};

const statesOf = (refs: Refs, loaded: ReadonlyMap<string, Loaded<unknown>>): Situation['states'] => {
  const one = (ref: StreamRef) => ({ ...(loaded.get(ref.key) as Loaded<unknown>), ref });
  const all = Object.entries(refs).map(([name, ref]) => [name, Array.isArray(ref) ? ref.map(one) : one(ref as StreamRef)]);
  return Object.fromEntries(all) as Situation['states'];
};
