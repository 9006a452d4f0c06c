import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Brokers, freePort, startBrokers } from '#deploy/kafka/broker.mjs';
import { type Containers, containersFor } from './containers.js';

const IMAGE = 'apache/kafka:4.3.1';
const say = (line: string): void => void process.stderr.write(`Kafka: ${line}\n`);
const cannot = (): never => {
  throw new Error('this broker is not ours to kill: unset TEST_KAFKA_BROKERS');
};

/** One broker in a container, on a port of its own that stays the same when it is killed and started again. */
const container = async ({ GenericContainer, Wait, getContainerRuntimeClient }: NonNullable<Containers['library']>): Promise<Brokers> => {
  const port = await freePort();
  const client = await getContainerRuntimeClient();
  const host = client.info.containerRuntime.host;
  const started = await new GenericContainer(IMAGE)
    .withEnvironment({
      KAFKA_NODE_ID: '1',
      KAFKA_PROCESS_ROLES: 'broker,controller',
      KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
      KAFKA_LISTENERS: 'PLAINTEXT://:9092,CONTROLLER://:9093',
      KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://${host}:${port}`,
      KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
      KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
      KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
      KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
    })
    .withExposedPorts({ container: 9092, host: port })
    .withWaitStrategy(Wait.forLogMessage(/Kafka Server started/))
    .start();
  const engine = client.container.getById(started.getId());
  return {
    brokers: [`${host}:${port}`],
    kill: () => engine.kill(),
    start: () => engine.start(),
    pid: () => undefined,
    stop: () => started.stop().then(() => undefined),
  };
};

const local = async (nodes: 1 | 3): Promise<Brokers> => {
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

/**
 * Brokers for a test: the address in TEST_KAFKA_BROKERS, else a container, else a local process from the Maven artifacts. Three
 * brokers are always local: a cluster whose leaders are killed in turn is nobody else's.
 */
export const testKafka = async (nodes: 1 | 3 = 1): Promise<Brokers> => {
  if (nodes === 3) {
    say('three local processes from the Maven artifacts, as they will be killed');
    return local(3);
  }
  const given = process.env.TEST_KAFKA_BROKERS;
  if (given) {
    say('the one in TEST_KAFKA_BROKERS');
    return { brokers: given.split(','), kill: cannot, start: cannot, pid: () => undefined, stop: () => Promise.resolve() };
  }
  const { library, why } = await containersFor(IMAGE);
  say(library ? `a container, as ${why}` : `a local process from the Maven artifacts, as there is no TEST_KAFKA_BROKERS and ${why}`);
  return library ? container(library) : local(1);
};
