import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import type { FeedHandler, Log } from '../feed.js';
import { Backoff, Complaint, pause, textOf } from '../waiting.js';
import { LaneReader } from './lane-reader.js';
import { serviceOf, topicOf } from './record.js';
import type { Lanes, Topics } from './topics.js';

export interface SubscriptionOptions {
  readonly kafka: Kafka;
  readonly topics: Topics;
  readonly handler: FeedHandler;
  readonly log: Log;
}
/** A consumer that gave no sign for so many milliseconds, with no batch in hand, is replaced. */
const SILENCE = 60_000;
/** Handed to the reader side by side, which takes in together what came in one fetch. */
const LANES_AT_ONCE = 16;

/**
 * One reader's place in its consumer group, kept up for as long as it is open: a consumer that crashed (kafkajs restarts only
 * after some errors), fell silent, or whose topics have changed is replaced by a new one.
 */
export class Subscription {
  private readonly ending = new AbortController();
  private readonly done: Promise<void>;

  constructor(private readonly options: SubscriptionOptions) {
    this.done = this.keepUp();
  }

  async close(): Promise<void> {
    this.ending.abort();
    await this.done;
  }

  private async keepUp(): Promise<void> {
    const { handler, log } = this.options;
    const backoff = new Backoff(200, 3000);
    const complaint = new Complaint(log, { group: handler.group });
    while (!this.ending.signal.aborted) {
      const begun = Date.now();
      try {
        await this.consume();
      } catch (error) {
        if (Date.now() - begun > SILENCE) {
          backoff.reset();
          complaint.over();
        }
        complaint.about(error, 'consumer lost, to be replaced');
        await pause(backoff.take(), this.ending.signal);
      }
    }
  }

  /** Reads until the end, or until the topics have changed; throws when the consumer is lost. */
  private async consume(): Promise<void> {
    const { topics, handler } = this.options;
    const over = new AbortController();
    const until = AbortSignal.any([this.ending.signal, over.signal]);
    try {
      const lanes = await topics.watch(handler.services, until, () => over.abort());
      if (lanes) await this.read(lanes, until);
    } finally {
      over.abort();
    }
  }

  private async read(lanes: Lanes, until: AbortSignal): Promise<void> {
    const { kafka, handler } = this.options;
    for (const [service, count] of lanes) await handler.onLanes?.(service, count);
    const consumer = kafka.consumer({
      groupId: handler.group,
      sessionTimeout: 10_000,
      heartbeatInterval: 2000,
      rebalanceTimeout: 30_000,
      maxWaitTimeInMs: 1000,
      // As packed: several times as much to be worked off at once.
      maxBytesPerPartition: 1_048_576,
      allowAutoTopicCreation: false,
      retry: { initialRetryTime: 200, maxRetryTime: 2000, retries: 5, restartOnFailure: () => Promise.resolve(false) },
    });
    const run = new Run(consumer, lanes, this.options);
    try {
      await run.start([...lanes.keys()].map(topicOf));
      await run.lost(until);
    } finally {
      await run.stop();
    }
  }
}

/** One kafkajs consumer from start to loss. */
class Run {
  private readonly readers = new Map<string, LaneReader>();
  private crash?: Error;
  private inHand = 0;
  private lastSign = Date.now();
  private readonly crashed = new AbortController();

  constructor(
    private readonly consumer: Consumer,
    private readonly lanes: Lanes,
    private readonly options: SubscriptionOptions,
  ) {
    const sign = (): void => void (this.lastSign = Date.now());
    const { CRASH, FETCH, HEARTBEAT, GROUP_JOIN } = consumer.events;
    consumer.on(FETCH, sign);
    consumer.on(HEARTBEAT, sign);
    consumer.on(GROUP_JOIN, () => {
      sign();
      this.forget();
    });
    consumer.on(CRASH, ({ payload }) => {
      this.crash = payload.error;
      this.crashed.abort();
    });
  }

  async start(topics: string[]): Promise<void> {
    await this.consumer.connect();
    await this.consumer.subscribe({ topics, fromBeginning: true });
    await this.consumer.run({
      // kafkajs would commit after every batch; said by us it keeps to the interval.
      autoCommit: false,
      autoCommitInterval: 5000,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: LANES_AT_ONCE,
      eachBatch: (payload) => this.take(payload),
    });
  }

  private async take(payload: EachBatchPayload): Promise<void> {
    const { topic, partition } = payload.batch;
    const key = `${topic}:${partition}`;
    const { handler, log } = this.options;
    const lanes = this.lanes.get(serviceOf(topic)) ?? 0;
    const reader = this.readers.get(key) ?? new LaneReader({ handler, consumer: this.consumer, topic, lane: partition, lanes, log });
    this.readers.set(key, reader);
    this.inHand += 1;
    try {
      await reader.take(payload);
      await payload.commitOffsetsIfNecessary();
    } finally {
      this.inHand -= 1;
      this.lastSign = Date.now();
    }
  }

  /** Resolves when the signal aborts; throws when the consumer has crashed or given no sign. */
  async lost(until: AbortSignal): Promise<void> {
    const any = AbortSignal.any([until, this.crashed.signal]);
    while (!any.aborted) {
      await pause(SILENCE / 6, any);
      if (this.inHand === 0 && Date.now() - this.lastSign > SILENCE) throw new Error('no sign of life from the consumer');
    }
    if (this.crash && !until.aborted) throw this.crash;
  }

  /** After a rebalance nothing that was known of the partitions holds. */
  private forget(): void {
    for (const reader of this.readers.values()) reader.stop();
    this.readers.clear();
  }

  async stop(): Promise<void> {
    this.forget();
    await this.consumer.disconnect().catch((error: unknown) => this.options.log.warn({ error: textOf(error) }, 'consumer not closed cleanly'));
  }
}
