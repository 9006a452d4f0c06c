import { Kafka, logLevel, type logCreator } from 'kafkajs';
import type { Log } from '../feed.js';
import { unpackPromptly } from './prompt-gzip.js';
import { quietIdleTimers } from './quiet-timers.js';

export interface KafkaClientOptions {
  readonly brokers: readonly string[];
  readonly clientId: string;
  readonly log: Log;
}
/** The same complaint is passed on once in so many milliseconds: a broker that is away is complained of without end. */
const REPEAT_AFTER = 30_000;

/** Said of every idempotent producer; ours is never used again after a failed send. */
const KNOWN = 'Limiting retries for the idempotent producer may invalidate EoS guarantees';

const calmly = (log: Log): logCreator => {
  const said = new Map<string, number>();
  return () =>
    ({ namespace, log: { message, timestamp: _timestamp, logger: _logger, stack: _stack, ...details } }) => {
      const now = Date.now();
      if (message === KNOWN || now - (said.get(message) ?? 0) < REPEAT_AFTER) return;
      said.set(message, now);
      log.warn({ kafkajs: namespace, broker: details['broker'], error: details['error'], group: details['groupId'] }, message);
    };
};

/** Every kafkajs client of ours: quiet when idle, sparing with complaints, quick to notice that a broker is back. */
export const kafkaClient = ({ brokers, clientId, log }: KafkaClientOptions): Kafka => {
  quietIdleTimers();
  unpackPromptly();
  return new Kafka({
    brokers: [...brokers],
    clientId,
    connectionTimeout: 3000,
    requestTimeout: 20_000,
    retry: { initialRetryTime: 200, maxRetryTime: 2000, retries: 6 },
    logLevel: logLevel.WARN,
    logCreator: calmly(log),
  });
};
