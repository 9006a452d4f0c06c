import type { DomainEvent } from './event.js';

/** A stream: its state and how each event folds into it. `evolve` must accept every event ever written to the stream. */
export interface StreamDefinition<S, E extends DomainEvent = DomainEvent> {
  readonly name: string;
  readonly initial: S;
  evolve(state: S, event: E): S;
  /**
   * Names one stream of this kind. `near` puts a newborn stream into the lane of another one, so that a command over
   * both is appended in one grouped call; an existing stream stays where it was born.
   */
  at(id: string, near?: string): StreamRef<S>;
}

export interface StreamRef<S = unknown> {
  readonly definition: StreamDefinition<S, never>;
  readonly id: string;
  /** `<name>-<id>`: the key in the store. */
  readonly key: string;
  /** The key whose hash chooses the lane at birth. */
  readonly laneKey: string;
}

/** A stream as a decision sees it: version 0 means that nothing was ever written. */
export interface Loaded<S> {
  readonly ref: StreamRef<S>;
  readonly version: number;
  readonly state: S;
}

/** @param near a stream key (`<name>-<id>`), see {@link StreamDefinition.at} */
export const defineStream = <S, E extends DomainEvent = DomainEvent>(stream: {
  name: string;
  initial: S;
  evolve(state: S, event: E): S;
}): StreamDefinition<S, E> => {
  const definition: StreamDefinition<S, E> = {
    ...stream,
    at: (id, near) => {
      const key = `${stream.name}-${id}`;
      return { definition: definition as unknown as StreamDefinition<S, never>, id, key, laneKey: near ?? key };
    },
  };
  return definition;
};

export const fold = <S>(ref: StreamRef<S>, events: readonly DomainEvent[], from: S = ref.definition.initial): S => {
  const evolve = ref.definition.evolve as (state: S, event: DomainEvent) => S;
  return events.reduce((state, event) => evolve(state, event), from);
};
