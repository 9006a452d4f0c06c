import type { FoldBatch, RecordedEvent, View } from '#decider';
import type { Database, Tx } from '#postgres';

/** A reader whose effects lie outside its own database: it must bear being given a batch again. */
export interface Reaction {
  readonly name: string;
  readonly services: readonly string[];
  /** Calls `done` after each event, so that a failure further on does not repeat it. */
  react(batch: FoldBatch, db: Database, done: (event: RecordedEvent) => void): Promise<void>;
}

/** What a {@link ViewHost} keeps running: read models and automations. */
export type Hosted = View<Tx> | Reaction;
export const isReaction = (hosted: Hosted): hosted is Reaction => 'react' in hosted;

export interface Halt {
  /** `gap`: the feed has a hole. `poison`: this one event cannot be folded. `unreadable`: what stands there is no event. */
  readonly kind: 'gap' | 'poison' | 'unreadable';
  readonly eventId: string;
  readonly service: string;
  readonly lane: number;
  readonly position: number | null;
  readonly error: string;
  /** Epoch ms. */
  readonly since: number;
}

export interface LaneStatus {
  readonly service: string;
  readonly lane: number;
  readonly position: number;
  /** Epoch ms, see `FeedBatch.completeTo`; null before anything is known of the lane. */
  readonly completeTo: number | null;
  /** Records known to wait behind. */
  readonly behind: number;
}

export interface ViewStatus {
  readonly view: string;
  readonly kind: 'view' | 'automation';
  readonly version: number;
  readonly generation: number;
  readonly state: GenerationState;
  readonly lanes: readonly LaneStatus[];
  /** Epoch ms: every event recorded up to it is in; 0 while a lane has never been heard of. */
  readonly watermark: number;
  readonly halted: Halt | null;
  /** How many events an operator let it skip: above 0 its answers are incomplete. */
  readonly skipped: number;
}
export type GenerationState = 'building' | 'live' | 'retired';
