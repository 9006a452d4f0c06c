import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Broker from '../../deploy/kafka/broker.mjs';

export interface TestKafka {
  readonly brokers: string[];
  /** Ends node `i` (0, 1, …) without a chance to say goodbye. */
  kill(i: number): Promise<void>;
  start(i: number): Promise<void>;
  stop(): Promise<void>;
}

const IMAGE = 'apache/kafka';
const root = process.cwd();
const say = (text: string): void => void process.stderr.write(`kafka: ${text}\n`);
const fixed = (): Promise<never> => Promise.reject(new Error('brokers given by TEST_KAFKA_BROKERS are not ours to kill'));

/**
 * Real brokers, found in this order: `TEST_KAFKA_BROKERS`; a container, where an engine runs and its image is there; the
 * broker's Maven artifacts. One line says which and why.
 */
export const testKafka = async (nodes: 1 | 3): Promise<TestKafka> => {
  const given = process.env['TEST_KAFKA_BROKERS']?.split(',');
  if (given && given.length >= nodes) {
    say(`${given.join(', ')} (TEST_KAFKA_BROKERS)`);
    return { brokers: given, kill: fixed, start: fixed, stop: () => Promise.resolve() };
  }
  const reason = nodes === 1 ? await inContainer() : 'several nodes are started without containers';
  return typeof reason === 'string' ? fromMaven(nodes, reason) : reason;
};

const fromMaven = async (nodes: number, reason: string): Promise<TestKafka> => {
  // Imported by path: the launcher is plain JavaScript and is not copied to dist, where the benchmarks run.
  const { kafkaJars, startCluster } = (await import(pathToFileURL(join(root, 'deploy/kafka/broker.mjs')).href)) as typeof Broker;
  const lib = await kafkaJars(join(root, '.cache/kafka'));
  const dir = mkdtempSync(join(tmpdir(), 'shuangbang-kafka-'));
  const cluster = await startCluster({ nodes, dir, lib });
  say(`${nodes} from Maven artifacts at ${cluster.brokers.join(', ')} (${reason})`);
  const stop = async (): Promise<void> => {
    await Promise.all(cluster.brokers.map((_, i) => cluster.kill(i)));
    rmSync(dir, { recursive: true, force: true });
  };
  return { ...cluster, stop };
};

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** A container, or why not. */
const inContainer = async (): Promise<TestKafka | string> => {
  try {
    const { GenericContainer, getContainerRuntimeClient } = await import('testcontainers');
    const images = await (await getContainerRuntimeClient()).container.dockerode.listImages();
    const image = images.flatMap(({ RepoTags }) => RepoTags ?? []).find((tag) => tag.startsWith(`${IMAGE}:`));
    if (!image) return `no image ${IMAGE}`;
    const port = await freePort();
    const container = await new GenericContainer(image)
      .withExposedPorts({ container: 9092, host: port })
      .withEnvironment({
        KAFKA_NODE_ID: '1',
        KAFKA_PROCESS_ROLES: 'broker,controller',
        KAFKA_LISTENERS: 'PLAINTEXT://:9092,CONTROLLER://:9093',
        KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://127.0.0.1:${port}`,
        KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
        KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
        KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
        KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
        KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
        KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
        KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
        KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
      })
      .withStartupTimeout(60_000)
      .start();
    say(`${image} at 127.0.0.1:${port} (a container engine with the image)`);
    return {
      brokers: [`127.0.0.1:${port}`],
      kill: async () => void (await container.stop({ remove: false, timeout: 0 })),
      start: () => container.restart(),
      stop: async () => void (await container.stop()),
    };
  } catch (error) {
    return `no container: ${error instanceof Error ? error.message : String(error)}`;
  }
};
