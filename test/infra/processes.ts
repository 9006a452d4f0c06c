import { existsSync, rmSync } from 'node:fs';
import { type Brokers, freePort } from '#deploy/kafka/broker.mjs';
import { placeServices, type ServiceProcess, startServices, type Topology } from '#deploy/kafka/topology.mjs';
import { Client } from './client.js';
import { dataDirectory } from './data-directory.js';
import { testKafka } from './kafka.js';
import { testServer, type TestServer } from './postgres.js';

interface Health {
  readonly status: string;
  readonly services: Readonly<Record<string, { database: string; relay?: { state: string; behind: number }; views: readonly { view: string; state: string; generation: number; behind: number; halted: unknown }[] }>>;
}

const done = (): Promise<void> => Promise.resolve();
const nobody = (): never => {
  throw new Error('all of it is one process');
};
const NONE: Brokers = { brokers: [], kill: nobody, start: nobody, pid: () => undefined, stop: done };
const WITHIN: TestServer = { url: '', database: nobody, stop: done };

/** The system as it is run: in processes of its own, asked by HTTP. Needs the build. */
export class Processes {
  readonly printed: string[] = [];
  private topology: Topology;

  private constructor(
    readonly server: TestServer,
    readonly kafka: Brokers,
    readonly client: Client,
    private readonly dir: string,
  ) {}

  /** A process per service over a real broker. */
  static async start(env: Readonly<Record<string, string>> = {}): Promise<Processes> {
    const [server, kafka] = await Promise.all([testServer(), testKafka(1)]);
    return Processes.over(server, kafka, { urls: await placeServices(), env });
  }

  /** One process for all, with a database server of its own. */
  static async embedded(env: Readonly<Record<string, string>> = {}): Promise<Processes> {
    const url = `http://127.0.0.1:${await freePort()}`;
    return Processes.over(WITHIN, NONE, { urls: { platform: url }, env });
  }

  private static async over(server: TestServer, kafka: Brokers, { urls, env }: { urls: Record<string, string>; env: Readonly<Record<string, string>> }): Promise<Processes> {
    if (!existsSync('dist/apps/farmer/src/main.js')) throw new Error('build first: npm run build');
    const dir = dataDirectory('processes');
    const world = new Processes(server, kafka, new Client(urls), dir);
    const options = { urls, brokers: kafka.brokers, databaseUrl: server.url, dataDir: dir, log: (service: string, line: string) => world.heard(service, line) };
    world.topology = await startServices({ ...options, env: { LOG_LEVEL: 'warn', RATE_LIMIT: '0', ALLOW_TEST_ID: 'true', FOUNDING: 'false', ...env } });
    return world;
  }

  /** The tokens are told once, by whoever was first. */
  private heard(service: string, line: string): void {
    const [, account, token] = /^ {2}(\S+) {2}(ey\S+)$/.exec(line) ?? [];
    if (account && token) this.client.tokens.set(account, token);
    else this.printed.push(`[${service}] ${line}`);
  }

  get names(): string[] {
    return [...this.topology.services.keys()];
  }

  service(name: string): ServiceProcess {
    const found = this.topology.services.get(name);
    if (!found) throw new Error(`no service ${name}`);
    return found;
  }

  /** A further process of a service; the client then goes to either. */
  async another(name: string): Promise<ServiceProcess> {
    const second = await this.topology.another(name);
    this.client.also(name, second.url);
    return second;
  }

  /** Null: nobody answers. */
  async health({ url }: Pick<ServiceProcess, 'url'>): Promise<Health | null> {
    const answer = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(5000) }).catch(() => null);
    return answer ? ((await answer.json()) as Health) : null;
  }

  async relayOf(process: ServiceProcess): Promise<string | undefined> {
    return (await this.health(process))?.services[process.name]?.relay?.state;
  }

  async stop(): Promise<void> {
    await this.topology.stop();
    await this.kafka.stop();
    await this.server.stop();
    rmSync(this.dir, { recursive: true, force: true });
  }
}
