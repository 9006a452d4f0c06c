import type { Consumer, EachBatchPayload } from 'kafkajs';
import type { FeedHandler, Log } from '../feed.js';
import { Backoff, textOf } from '../waiting.js';
import { portionsOf, type Portion } from './portions.js';
import { serviceOf } from './record.js';

export interface LaneReaderOptions {
  readonly handler: FeedHandler;
  readonly consumer: Consumer;
  readonly topic: string;
  readonly lane: number;
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
  private resuming?: NodeJS.Timeout;

  constructor(private readonly options: LaneReaderOptions) {}

  async take(payload: EachBatchPayload): Promise<void> {
    const beating = setInterval(() => void payload.heartbeat().catch(() => undefined), HEARTBEAT_EVERY);
    try {
      await this.deliver(payload);
      this.backoff.reset();
    } catch (error) {
      const { handler, topic, lane, log } = this.options;
      log.warn({ group: handler.group, topic, lane, error: textOf(error) }, 'batch not taken in, to be delivered again');
      this.checkpoint = undefined;
      const resume = payload.pause();
      this.resuming = setTimeout(resume, this.backoff.take());
    } finally {
      clearInterval(beating);
    }
  }

  /** Without this a partition given to another member would be resumed here. */
  stop(): void {
    clearTimeout(this.resuming);
  }

  private async deliver({ batch, resolveOffset, isRunning, isStale }: EachBatchPayload): Promise<void> {
    const { handler, topic, lane } = this.options;
    const service = serviceOf(topic);
    this.checkpoint ??= await handler.checkpoint(service, lane);
    const fetched = { service, lane, messages: batch.messages, end: Number(batch.highWatermark) };
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
    if (!gap) this.rewound = false;
  }

  private rewind(): void {
    const { consumer, topic, lane, handler, log } = this.options;
    this.rewound = true;
    log.info({ group: handler.group, topic, lane, checkpoint: this.checkpoint }, 'offset is ahead of the checkpoint: reading the partition again');
    consumer.seek({ topic, partition: lane, offset: EARLIEST });
  }
}
