import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Brokers, startBrokers } from '#deploy/kafka/broker.mjs';

const say = (line: string): void => void process.stderr.write(`Kafka: ${line}\n`);
const cannot = (): never => {
  throw new Error('this broker is not ours to kill: unset TEST_KAFKA_BROKERS');
};

/** Brokers for a test: the address in TEST_KAFKA_BROKERS, else local processes from the Maven artifacts (they can be killed). */
export const testKafka = async (nodes: 1 | 3 = 1): Promise<Brokers> => {
  const given = process.env.TEST_KAFKA_BROKERS;
  if (given && nodes === 1) {
    say('the one in TEST_KAFKA_BROKERS');
    return { brokers: given.split(','), kill: cannot, start: cannot, pid: () => undefined, stop: () => Promise.resolve() };
  }
  say(`${nodes === 1 ? 'a local process' : 'three local processes'} from the Maven artifacts, as ${given ? 'a cluster is needed that may be killed' : 'there is no TEST_KAFKA_BROKERS'}`);
  const dir = mkdtempSync(join(tmpdir(), 'kafka-'));
  const brokers = await startBrokers({ dir, nodes });
  return {
    ...brokers,
    stop: async () => {
      await brokers.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
};
