import { type TProperties, Type } from '@sinclair/typebox';
import { type DataOf, defineEvent, type EventDefinition, type ServiceName } from './event.js';
import { Day, Id, Until } from './fields.js';

/**
 * How a fact stands in time.
 * period: in force while from ≤ day < to · series: the latest from ≤ day is in force, a move is a new fact with a key of its
 * own · flow: an amount on one day, without end.
 */
export type Shape = 'period' | 'series' | 'flow';

/** What an event does to its fact: states it for the first time, restates it (ended, corrected), or says it never was. */
export type Effect = 'stated' | 'restated' | 'voided';

/** One version of a fact, as an event states it; a later version with the same key replaces it from its recordedAt on. */
export interface FactVersion<A = Record<string, unknown>> {
  readonly kind: string;
  readonly key: string;
  /** Id of what the fact is about. */
  readonly subject: string;
  readonly from: string;
  /** Exclusive; null while open, and always for series and flows. */
  readonly to: string | null;
  readonly voided: boolean;
  readonly attributes: A;
}

const common = (shape: Shape) => ({
  /** The key: the same in every event about this fact. */
  factId: Id,
  from: Day,
  ...(shape === 'period' ? { to: Until } : {}),
});
type Dates<Sh extends Shape> = { factId: string; from: string } & (Sh extends 'period' ? { to: string | null } : unknown);
export type DataOfFact<Sh extends Shape, P extends TProperties> = Dates<Sh> & DataOf<P>;

export interface FactKind<K extends string = string, Sh extends Shape = Shape, P extends TProperties = TProperties, E extends string = string> {
  readonly kind: K;
  readonly shape: Sh;
  readonly service: ServiceName;
  /** Name of the attribute that holds the subject's id. */
  readonly subject: string;
  /** Every event about such a fact has the same data: the fact as it now stands. */
  readonly events: { readonly [T in E]: EventDefinition<T, DataOfFact<Sh, P>> };
  readonly effects: Readonly<Record<E, Effect>>;
}

export type FactData<F> = F extends FactKind<string, infer Sh, infer P, string> ? DataOfFact<Sh, P> : never;

export interface FactOptions<K extends string, Sh extends Shape, P extends TProperties, E extends string> {
  readonly kind: K;
  readonly shape: Sh;
  readonly service: ServiceName;
  readonly subject: keyof P & string;
  readonly attributes: P;
  readonly example: DataOfFact<Sh, P>;
  readonly events: Readonly<Record<E, Effect>>;
}

export const defineFact = <K extends string, Sh extends Shape, P extends TProperties, E extends string>(
  options: FactOptions<K, Sh, P, E>,
): FactKind<K, Sh, P, E> => {
  const data = { ...common(options.shape), ...options.attributes };
  const define = (type: E) => [type, defineEvent(type, { service: options.service, data, example: options.example as never })] as const;
  return {
    kind: options.kind,
    shape: options.shape,
    service: options.service,
    subject: options.subject,
    events: Object.fromEntries((Object.keys(options.events) as E[]).map(define)) as never,
    effects: options.events,
  };
};

/** Reads the fact that an event of this kind states. */
export const versionOf = (fact: FactKind, type: string, data: Record<string, unknown>): FactVersion => {
  const { factId, from, to, ...attributes } = data;
  return {
    kind: fact.kind,
    key: String(factId),
    subject: String(attributes[fact.subject]),
    from: String(from),
    to: typeof to === 'string' ? to : null,
    voided: fact.effects[type] === 'voided',
    attributes,
  };
};

export const NullableId = Type.Union([Id, Type.Null()]);
