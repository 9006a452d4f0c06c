import { type Static, type TOptional, type TProperties, type TSchema, Type } from '@sinclair/typebox';
import { TypeCompiler } from '@sinclair/typebox/compiler';

export const SERVICES = ['farmer', 'cooperative', 'enterprise', 'projection', 'star'] as const;
export type ServiceName = (typeof SERVICES)[number];

/** The Kafka topic of a service's events; a partition of it is a copy of a lane. */
export const topicOf = (service: string): string => `${service}.events.v1`;

/** Structurally the `DomainEvent` of the decider library: this library imports none of ours. */
export interface Happened<T extends string = string, D = unknown> {
  readonly type: T;
  readonly schemaVersion: number;
  readonly occurredOn: string;
  readonly data: D;
}

type OptionalKeys<P extends TProperties> = { [K in keyof P]: P[K] extends TOptional<TSchema> ? K : never }[keyof P];
/** The data that a record of field schemas describes. */
export type DataOf<P extends TProperties> = { [K in Exclude<keyof P, OptionalKeys<P>>]: Static<P[K]> } & { [K in OptionalKeys<P>]?: Static<P[K]> };

export interface EventDefinition<T extends string = string, D = unknown> {
  readonly type: T;
  readonly version: number;
  readonly service: ServiceName;
  /** JSON Schema of the data. */
  readonly schema: TSchema;
  readonly example: D;
  /** @param occurredOn business date, `YYYY-MM-DD` */
  of(data: D, occurredOn: string): Happened<T, D>;
  /** What is wrong with `data`, or null. */
  problem(data: unknown): string | null;
  /** Brings data of an older version to the next one; keyed by the version it starts from. */
  readonly upcasts: Readonly<Record<number, (data: never) => unknown>>;
}

export interface EventOptions<P extends TProperties> {
  readonly service: ServiceName;
  readonly data: P;
  readonly example: DataOf<P>;
  readonly version?: number;
  readonly upcasts?: Readonly<Record<number, (data: never) => unknown>>;
}

/** @throws TypeError when a later version leaves one of its predecessors without a way to it */
export const defineEvent = <T extends string, P extends TProperties>(type: T, options: EventOptions<P>): EventDefinition<T, DataOf<P>> => {
  const schema: TSchema = Type.Object(options.data, { additionalProperties: false });
  const { version = 1, upcasts = {} } = options;
  for (let older = 1; older < version; older += 1) if (!upcasts[older]) throw new TypeError(`${type}@${version} brings no upcaster from version ${older}`);
  // Compiled at first use: a service checks only the events it writes.
  let check: ReturnType<typeof TypeCompiler.Compile> | undefined;
  return {
    type,
    version,
    service: options.service,
    schema,
    example: options.example,
    upcasts,
    of: (data, occurredOn) => ({ type, schemaVersion: version, occurredOn, data }),
    problem: (data) => {
      check ??= TypeCompiler.Compile(schema);
      const first = check.Check(data) ? undefined : check.Errors(data).First();
      return first ? `${type}${first.path}: ${first.message}` : null;
    },
  };
};
