import type { DomainEvent, Origin, RecordedEvent } from '#decider';

/** What one command writes: everything or nothing. */
export interface Append {
  /** A UUID; the same id again answers with the first result and writes nothing. */
  readonly commandId: string;
  /** Of the command's name and input: the same id with another fingerprint is answered `reused`. */
  readonly fingerprint: string;
  readonly origin: Omit<Origin, 'commandId'>;
  readonly streams: readonly StreamAppend[];
}
export interface StreamAppend {
  readonly key: string;
  /** Chooses the lane when the stream is new: that of the stream with this key, else by its hash. */
  readonly laneKey: string;
  /** The version the decision was made on; 0: the stream must be new. */
  readonly expected: number;
  /** May be empty: then the version is only checked. */
  readonly events: readonly DomainEvent[];
}

export interface StreamPosition {
  readonly key: string;
  readonly version: number;
  readonly lane: number;
  readonly position: number;
}
export interface Written {
  readonly status: 'appended' | 'duplicate';
  /** Epoch milliseconds, one for the whole command. */
  readonly recordedAt: number;
  /** Streams that got events, each with its last position. */
  readonly streams: readonly StreamPosition[];
}
export type Appended = Written | { readonly status: 'conflict'; readonly key: string; readonly actual: number } | { readonly status: 'reused' };

/** Complete up to `completeTo` (epoch ms) at `position`: whatever comes later is recorded at that instant or after. */
export interface Frontier {
  readonly lane: number;
  readonly position: number;
  readonly completeTo: number;
}

export interface EventStore {
  readonly service: string;
  readonly lanes: number;
  append(append: Append): Promise<Appended>;
  resultOf(commandId: string): Promise<(Written & { readonly fingerprint: string }) | null>;
  /** Whole streams, brought to today's versions; a stream without events is missing. */
  load(keys: readonly string[]): Promise<Map<string, RecordedEvent[]>>;
  /** Events after a position, ascending and contiguous. */
  read(lane: number, after: number, limit: number): Promise<RecordedEvent[]>;
  /** Pages up to the head of the lane, the next one fetched while the last is worked on. */
  tail(lane: number, after: number, options?: TailOptions): AsyncIterable<RecordedEvent[]>;
  /** One per lane, those added by another process too; an idle lane is advanced under its lock, at most once a second. */
  frontiers(): Promise<Frontier[]>;
  /** Wakes after appends of this and other processes; a wake may be missed, so readers also poll. Answers with the way to stop. */
  onAppend(wake: () => void): () => void;
  close(): Promise<void>;
}
export interface TailOptions {
  readonly signal?: AbortSignal;
  /** 1000 unless told. */
  readonly pageSize?: number;
}
