import { eventId, type RecordedEvent } from '#decider';
import type { KafkaMessage } from 'kafkajs';
import type { FeedBatch } from '../feed.js';
import { readRecord, type FeedRecord, type Frontier } from './record.js';

/** What of a fetched batch is delivered in one go. */
export interface Portion {
  readonly batch: FeedBatch;
  /** Offset of its last record, duplicates included. */
  readonly offset: string;
  /** Position reached when it is taken in. */
  readonly position: number;
  /** Something between the reader's checkpoint and this portion is missing here. */
  readonly gap: boolean;
}
export interface Fetched {
  readonly service: string;
  readonly lane: number;
  /** How many lanes of the service the reader knows of. */
  readonly lanes: number;
  readonly messages: readonly KafkaMessage[];
  /** Offset after the last record of the partition. */
  readonly end: number;
}

/** Events in one portion at most: what a fold has in memory at once. */
const MOST = 5000;

/**
 * Cuts fetched records into portions, from the reader's checkpoint on: repeated positions are left out, a hole or an unreadable
 * record begins a portion of its own.
 */
export const portionsOf = (fetched: Fetched, checkpoint: number): Portion[] => {
  const cutter = new Cutter(fetched, checkpoint);
  for (const message of fetched.messages) cutter.add(message);
  cutter.cut();
  return cutter.portions;
};

class Cutter {
  readonly portions: Portion[] = [];
  private events: RecordedEvent[] = [];
  private completeTo: number | null = null;
  private gap = false;
  private offset = '';

  constructor(
    private readonly fetched: Fetched,
    private position: number,
  ) {}

  add(message: KafkaMessage): void {
    const record = readRecord(message, this.fetched.service, this.fetched.lane);
    if (record.kind === 'unreadable') return this.unreadable(record, message.offset);
    if (record.kind === 'event') this.event(record.event);
    else this.frontier(record);
    this.offset = message.offset;
    if (this.events.length >= MOST) this.cut();
  }

  private event(event: RecordedEvent): void {
    if (event.position <= this.position) return;
    if (event.position > this.position + 1) {
      this.cut();
      this.gap = true;
    }
    this.events.push(event);
    this.position = event.position;
    this.completeTo = event.recordedAt;
  }

  /** One that is ahead of the events says nothing but that they are missing; a reader that knows too few lanes would take it for the whole service. */
  private frontier({ position, completeTo, lanes }: Frontier): void {
    if (position > this.position) this.gap = true;
    else if (lanes <= this.fetched.lanes) this.completeTo = Math.max(completeTo, this.completeTo ?? 0);
  }

  private unreadable({ position, error }: FeedRecord & { kind: 'unreadable' }, offset: string): void {
    const { service, lane } = this.fetched;
    if (position !== null && position <= this.position) return void (this.offset = offset);
    this.cut();
    const id = position === null ? `${service}:${lane}:offset-${offset}` : eventId(service, lane, position);
    this.gap = position !== null && position > this.position + 1;
    this.position = position ?? this.position;
    this.push({ unreadable: { id, position, error } }, offset);
  }

  cut(): void {
    if (this.offset !== '') this.push({}, this.offset);
    this.offset = '';
  }

  private push(more: Pick<FeedBatch, 'unreadable'>, offset: string): void {
    const { service, lane, end } = this.fetched;
    const behind = Math.max(0, end - 1 - Number(offset));
    const batch = { service, lane, events: this.events, completeTo: this.gap && this.events.length === 0 ? null : this.completeTo, behind, ...more };
    this.portions.push({ batch, offset, position: this.position, gap: this.gap });
    this.events = [];
    this.completeTo = null;
    this.gap = false;
  }
}
