import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '#event-store';
import { run, type Running } from '#service-kit';
import { services } from '../apps/platform/src/services.js';
import { testKafka } from './infra/kafka.js';
import { testServer, type TestServer } from './infra/postgres.js';

/** The whole system under one of its topologies; tests ask and command by service, as a gateway would. */
export interface World {
  door(service: string): Running;
  /** Where the services have their databases. */
  readonly server: TestServer;
  stop(): Promise<void>;
}
export type Topology = 'embedded' | 'kafka';

const COMMON = { port: 0, log: false, allowTestId: true, rateLimit: 0, patienceMs: 10_000 } as const;

const embedded = async (clock: Clock, dataDir: string): Promise<World> => {
  const server = await testServer();
  const all = await run(services, { ...COMMON, clock, dataDir, databaseUrl: server.url });
  return { door: () => all, server, stop: () => all.stop().then(() => server.stop()) };
};

/** Every service runs by itself and hears of the others over a real broker only; they share this process for the clock's sake. */
const overKafka = async (clock: Clock, dataDir: string): Promise<World> => {
  const [server, kafka] = await Promise.all([testServer(), testKafka(1)]);
  const doors = new Map<string, Running>();
  // One after the other: the first makes the keys that the others read.
  for (const service of services) doors.set(service.name, await run([service], { ...COMMON, clock, dataDir, databaseUrl: server.url, kafkaBrokers: kafka.brokers, serviceUrls: urlsOf(doors) }));
  return {
    door: (service) => doors.get(service) as Running,
    server,
    stop: async () => {
      for (const one of doors.values()) await one.stop();
      await kafka.stop();
      await server.stop();
    },
  };
};
const urlsOf = (doors: ReadonlyMap<string, Running>): Record<string, string> => Object.fromEntries([...doors].map(([name, { url }]) => [name, url]));

export const startWorld = async (topology: Topology, clock: Clock): Promise<World> => {
  const dataDir = mkdtempSync(join(tmpdir(), `world-${topology}-`));
  const world = await (topology === 'embedded' ? embedded : overKafka)(clock, dataDir);
  return {
    ...world,
    stop: async () => {
      await world.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};
