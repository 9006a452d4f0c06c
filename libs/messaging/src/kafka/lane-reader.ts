import type { Consumer, EachBatchPayload } from 'kafkajs';
import type { FeedHandler, Log } from '../feed.js';
import { Backoff, Complaint } from '../waiting.js';
import { portionsOf, type Portion } from './portions.js';
import { serviceOf } from './record.js';

export interface LaneReaderOptions {
  readonly handler: FeedHandler;
  readonly consumer: Consumer;
  readonly topic: string;
  readonly lane: number;
  /** How many lanes of the service the reader knows of. */
  readonly lanes: number;
  readonly log: Log;
}
const EARLIEST = '-2';
const HEARTBEAT_EVERY = 2000;

/**
 * Delivers one partition. What counts is the reader's own checkpoint: the offsets that Kafka keeps only say where to begin to
 * look, and when they are ahead of the checkpoint the partition is read again from its start.
 */
export class LaneReader {
  private checkpoint?: number;
  /** The partition was already read from its start without finding what is missing: it is a hole, and shown to the reader. */
  private rewound = false;
  private readonly backoff = new Backoff(50, 1000);
  private readonly complaint: Complaint;
  private resume?: () => void;

  constructor(private readonly options: LaneReaderOptions) {
    const { handler, topic, lane, log } = options;
    this.complaint = new Complaint(log, { group: handler.group, topic, lane });
  }

  async take(payload: EachBatchPayload): Promise<void> {
    const beating = setInterval(() => void payload.heartbeat().catch(() => undefined), HEARTBEAT_EVERY);
    try {
      await this.deliver(payload);
      this.backoff.reset();
      this.complaint.over();
    } catch (error) {
      this.complaint.about(error, 'batch not taken in, to be delivered again');
      this.checkpoint = undefined;
      this.pause(payload);
    } finally {
      clearInterval(beating);
    }
  }

  private pause(payload: EachBatchPayload): void {
    const resume = payload.pause();
    const timer = setTimeout(() => this.resume?.(), this.backoff.take());
    this.resume = () => {
      clearTimeout(timer);
      this.resume = undefined;
      resume();
    };
  }

  /** Ends a pause: kafkajs remembers it beyond a rebalance, and the partition may well come back to this consumer. */
  stop(): void {
    this.resume?.();
  }

  private async deliver({ batch, resolveOffset, isRunning, isStale }: EachBatchPayload): Promise<void> {
    const { handler, topic, lane, lanes } = this.options;
    const service = serviceOf(topic);
    this.checkpoint ??= await handler.checkpoint(service, lane);
    const fetched = { service, lane, lanes, messages: batch.messages, end: Number(batch.highWatermark) };
    for (const portion of portionsOf(fetched, this.checkpoint)) {
      if (!isRunning() || isStale()) return;
      if (portion.gap && !this.rewound) return this.rewind();
      await this.hand(portion);
      resolveOffset(portion.offset);
    }
  }

  private async hand({ batch, position, gap }: Portion): Promise<void> {
    if (batch.events.length > 0 || batch.unreadable || batch.completeTo !== null) await this.options.handler.onBatch(batch);
    this.checkpoint = position;
    // Repetitions on the way from the start to the hole do not show that it is none.
    if (!gap && batch.events.length > 0) this.rewound = false;
  }

  private rewind(): void {
    const { consumer, topic, lane, handler, log } = this.options;
    this.rewound = true;
    log.info({ group: handler.group, topic, lane, checkpoint: this.checkpoint }, 'offset is ahead of the checkpoint: reading the partition again');
    consumer.seek({ topic, partition: lane, offset: EARLIEST });
  }
}
