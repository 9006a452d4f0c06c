import type { RecordedEvent } from '#decider';

/** Where a library says what an operator should know; pino fits as it is. */
export interface Log {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** A record that cannot be read as an event. It stands where an event should: nothing after it is delivered before it is dealt with. */
export interface Unreadable {
  /** `<service>:<lane>:<position>`, or `<service>:<lane>:offset-<n>` when even the position cannot be read. */
  readonly id: string;
  readonly position: number | null;
  readonly error: string;
}

/**
 * Events of one lane of one service in position order, without holes. A feed never hides a hole in its source: then
 * `events` does not follow the handler's checkpoint, and the handler must throw.
 */
export interface FeedBatch {
  readonly service: string;
  readonly lane: number;
  readonly events: readonly RecordedEvent[];
  /** Epoch ms: every event of this lane recorded before it has now been delivered. Moves on idle lanes too, with empty `events`. Null: unchanged. */
  readonly completeTo: number | null;
  /** How many records of this lane were waiting behind this batch, as far as the feed knew. */
  readonly behind: number;
  /** Set only on a batch without events. */
  readonly unreadable?: Unreadable;
}

/** One reader of the feed: durable by its own checkpoints, so that a batch moves them in the transaction of its effects. */
export interface FeedHandler {
  /** Who reads: the Kafka consumer group. Readers of one group share the lanes, readers of different groups each get all. */
  readonly group: string;
  readonly services: readonly string[];
  /** Position of the last event taken in; 0 before the first. Asked at the start and again after every failure. */
  checkpoint(service: string, lane: number): Promise<number>;
  /** Throwing means: not taken in. The feed asks for the checkpoint and delivers again from there, later and later up to a second. */
  onBatch(batch: FeedBatch): Promise<void>;
  /** How many lanes a service has: told before its first batch, and when it grows. */
  onLanes?(service: string, lanes: number): Promise<void>;
}

/** Thrown by a handler: nothing is wrong with the event, its time has not come. */
export class TryAgain extends Error {
  override name = 'TryAgain';
}

export interface Attachment {
  /** Finishes the batch in hand; nothing is delivered afterwards. */
  close(): Promise<void>;
}

/** Durable, in order per lane, at least once, resumable from the handler's checkpoints. The same promises over either adapter. */
export interface Feed {
  /** Returns at once; a source that is away is waited for. */
  attach(handler: FeedHandler): Promise<Attachment>;
  close(): Promise<void>;
}

/** A place in the feed, as a command answers it. */
export interface FeedPosition {
  readonly service: string;
  readonly lane: number;
  readonly position: number;
}
