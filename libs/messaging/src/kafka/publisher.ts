import { CompressionTypes, type Kafka, type Message, type Producer } from 'kafkajs';

/** Bytes of values in one send; below the broker's `message.max.bytes` of 1 MB with room for keys and headers. */
const MOST_BYTES = 700_000;
/** A send without an answer for so long, in ms, has failed; its outcome is unknown. */
const PATIENCE = 60_000;

/** Publishes to one topic, one partition at a time. After a failure it must not be used again: see {@link Publisher.send}. */
export class Publisher {
  private readonly producer: Producer;

  constructor(
    kafka: Kafka,
    private readonly topic: string,
  ) {
    this.producer = kafka.producer({
      idempotent: true,
      maxInFlightRequests: 5,
      allowAutoTopicCreation: false,
      createPartitioner: () => ({ message }) => message.partition ?? 0,
      retry: { initialRetryTime: 100, maxRetryTime: 1000, retries: 15 },
    });
  }

  connect(): Promise<void> {
    return this.producer.connect();
  }

  /**
   * Resolves when every in-sync replica has the records. One partition a send, because kafkajs loses acknowledged records of a
   * send over several when a leader changes. Throws when the outcome is unknown; a new producer must then send again: under the
   * old one's sequence numbers the broker could take other records for a repetition and drop them.
   */
  async send(partition: number, records: readonly Message[]): Promise<void> {
    for (const messages of portions(records)) {
      const compression = messages.length > 20 ? CompressionTypes.GZIP : CompressionTypes.None;
      const results = await inTime(this.producer.send({ topic: this.topic, acks: -1, compression, messages }));
      const [result] = results;
      if (results.length !== 1 || result?.partition !== partition || result.errorCode !== 0) {
        throw new Error(`partition ${partition} of ${this.topic} was not acknowledged: ${JSON.stringify(results)}`);
      }
    }
  }

  async close(): Promise<void> {
    await inTime(this.producer.disconnect(), 5000).catch(() => undefined);
  }
}

const portions = (records: readonly Message[]): Message[][] => {
  const all: Message[][] = [];
  let bytes = Infinity;
  for (const record of records) {
    const size = record.value?.length ?? 0;
    if (bytes + size > MOST_BYTES) {
      all.push([]);
      bytes = 0;
    }
    all.at(-1)?.push(record);
    bytes += size;
  }
  return all;
};

const inTime = async <T>(work: Promise<T>, ms = PATIENCE): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer from Kafka within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};
