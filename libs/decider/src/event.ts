/**
 * What happened, as a decision states it. `occurredOn` is the business date (calendar day in Asia/Shanghai, `YYYY-MM-DD`);
 * `data` states the fact as it now stands, so a reader needs no earlier event to understand it.
 */
export interface DomainEvent<T extends string = string, D = unknown> {
  readonly type: T;
  readonly schemaVersion: number;
  readonly occurredOn: string;
  readonly data: D;
}

export type Source = 'UI' | 'IMPORT' | 'API' | 'AUTOMATION';

/** Who said it, by which door, and which command it came from. Never personal data: `actor` is an account id. */
export interface Origin {
  readonly actor: string;
  readonly onBehalfOf?: string;
  readonly source: Source;
  readonly commandId: string;
  readonly correlationId: string;
  readonly traceparent?: string;
}

/**
 * An event as the store keeps it and the feed carries it. `position` counts 1, 2, 3 … without holes inside a lane of one
 * service, in commit order; `recordedAt` is epoch milliseconds, one for a whole command, never backwards in a lane.
 */
export interface RecordedEvent<T extends string = string, D = unknown> extends DomainEvent<T, D> {
  /** `<service>:<lane>:<position>` */
  readonly id: string;
  readonly service: string;
  readonly lane: number;
  readonly position: number;
  readonly stream: string;
  readonly version: number;
  readonly recordedAt: number;
  readonly origin: Origin;
}

export const eventId = (service: string, lane: number, position: number): string => `${service}:${lane}:${position}`;
