import { join } from 'node:path';
import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { systemClock } from '#event-store';
import { FeedServer, kafkaFeed, localFeed, nearFirst, type Feed } from '#messaging';
import { ensureDatabase, startEmbedded, type Embedded } from '#postgres';
import { openAccounts, type Accounts } from './accounts.js';
import { answered, fetchFrom, pathOf, type Fetch } from './asking.js';
import { ConfigError, readConfig, type Config } from './config.js';
import { found } from './founding.js';
import { createApplication, drain } from './http/application.js';
import { tryToListen } from './listening.js';
import type { Service } from './manifest.js';
import { Problem } from './problem.js';
import type { InjectedAnswer, InjectedRequest, Overrides, Running } from './running.js';
import { Runtime, type Surroundings } from './runtime.js';
import { readOrMake, Secrets } from './secrets.js';
import { startFailure } from './start-failure.js';
import { Telemetry } from './telemetry.js';

const DATABASE = 'shuangbang';

/** What a service reads and nobody in reach tells is a configuration that can never work. */
const checkReach = (services: readonly Service[], config: Config, alone: boolean): void => {
  if (config.kafkaBrokers || alone) return;
  const names = services.map(({ name }) => name);
  const read = services.flatMap(({ name, views, automations = [] }) => [...views, ...automations].flatMap((reader) => reader.services).map((of) => ({ name, of })));
  const missing = [...new Set(read.filter(({ of }) => !names.includes(of)).map(({ name, of }) => `KAFKA_BROKERS: ${name} 读取 ${of} 的事件 / ${name} reads the events of ${of}, which is not in this process`))];
  if (missing.length > 0) throw new ConfigError(missing);
};

/** Everything that runs in one process, and the order in which it comes and goes. */
export class Process implements Running {
  private stopped?: Promise<void>;
  private readonly signals = new Map<NodeJS.Signals, () => void>();
  private runtimes: Runtime[] = [];
  private embedded: Embedded | null = null;
  private app?: NestFastifyApplication;
  url = '';

  private constructor(
    private readonly config: Config,
    private readonly accounts: Accounts,
    private readonly telemetry: Telemetry,
  ) {}

  static async start(services: readonly Service[], overrides: Overrides, controllers: readonly Type[] = []): Promise<Process> {
    const config = readConfig(overrides);
    checkReach(services, config, overrides.alone === true);
    const accounts = await tryToListen(config)
      .then(() => openAccounts(config))
      .catch((error: unknown) => {
        throw startFailure(error, config);
      });
    const started = new Process(config, accounts, new Telemetry(config.logLevel));
    try {
      await started.open(services, overrides, controllers);
    } catch (error) {
      await started.stop();
      throw startFailure(error, config);
    }
    return started;
  }

  get dataDir(): string {
    return this.config.dataDir;
  }

  get stopping(): boolean {
    return this.stopped !== undefined;
  }

  get tokens(): Readonly<Record<string, string>> {
    return this.accounts.tokens;
  }

  tokenFor(...[principal]: Parameters<Running['tokenFor']>): Promise<string> {
    return this.accounts.tokenFor(principal);
  }

  private async open(services: readonly Service[], overrides: Overrides, controllers: readonly Type[]): Promise<void> {
    const { config, telemetry, accounts } = this;
    const names = services.map(({ name }) => name);
    const around: Surroundings = {
      config,
      telemetry,
      clock: overrides.clock ?? systemClock,
      secrets: new Secrets(config.dataDir, config.masterKey),
      databaseUrl: (service) => this.databaseUrl(service),
      heard: (service) => config.kafkaBrokers !== null || names.includes(service),
      ask: (...asked) => this.ask(...asked),
    };
    for (const service of services) this.runtimes.push(await Runtime.open(service, around));
    const { runtimes } = this;
    const app = await createApplication({ runtimes, accounts, telemetry, rateLimit: config.rateLimit, stopping: () => this.stopping, controllers });
    this.app = app;
    const feed = new FeedServer(this.feed());
    app.connectMicroservice({ strategy: feed }, { inheritAppConfig: false });
    await app.startAllMicroservices();
    for (const runtime of runtimes) await runtime.start(feed);
    if (config.founding) for (const runtime of runtimes) await found(runtime);
    await app.listen(config.port, config.host);
    this.url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
    for (const signal of ['SIGTERM', 'SIGINT'] as const) this.on(signal);
    this.welcome(names);
  }

  private feed(): Feed {
    const { log } = this.telemetry;
    const { kafkaBrokers: brokers } = this.config;
    const stores = new Map(this.runtimes.map(({ manifest, store }) => [manifest.name, store]));
    const storeOf = (service: string) => stores.get(service) ?? Promise.reject(new Error(`${service} is not in this process`));
    const near = localFeed({ stores: async (service) => storeOf(service), log });
    if (!brokers) return near;
    return nearFirst({ near, far: kafkaFeed({ brokers, clientId: [...stores.keys()].join('-'), log }), isNear: (service) => stores.has(service) });
  }

  private async databaseUrl(service: string): Promise<string> {
    const { databaseUrl, dataDir } = this.config;
    if (databaseUrl) {
      return ensureDatabase(databaseUrl, `${new URL(databaseUrl).pathname.slice(1) || DATABASE}_${service}`).catch((error: Error) => {
        throw new ConfigError([`DATABASE_URL: 无法使用此服务器 / this server cannot be used: ${error.message}`]);
      });
    }
    this.embedded ??= await startEmbedded({ dir: join(dataDir, 'postgres'), log: (line) => this.telemetry.log.debug(line) });
    return this.embedded.ensureDatabase(`${DATABASE}_${service}`);
  }

  /** A question to another service: in this process without a socket, else where the configuration says it is. */
  private async ask(by: Parameters<Surroundings['ask']>[0], { service, path, params }: Parameters<Surroundings['ask']>[1]): Promise<unknown> {
    const token = by.token ?? (await this.accounts.serviceToken(by.service));
    const headers = { authorization: `Bearer ${token}`, 'accept-language': 'zh', ...(by.traceparent ? { traceparent: by.traceparent } : {}) };
    return answered(await this.fetchOf(service)(pathOf(service, path, params), headers));
  }

  private fetchOf(service: string): Fetch {
    if (this.runtimes.some(({ manifest }) => manifest.name === service)) return (url, headers) => this.inject({ method: 'GET', url, headers });
    const base = this.config.serviceUrls[service];
    if (!base) throw new Problem('unavailable', { detail: { zh: `SERVICE_URLS 中没有 ${service}。`, en: `SERVICE_URLS does not name ${service}.` } });
    return fetchFrom(base);
  }

  async inject({ method, url, headers = {}, payload }: InjectedRequest): Promise<InjectedAnswer> {
    if (!this.app) throw new Problem('unavailable');
    const answer = await this.app.inject({ method, url, headers: { ...headers }, ...(payload === undefined ? {} : { payload: payload as object }) });
    const json = /json/.test(String(answer.headers['content-type']));
    return { status: answer.statusCode, headers: answer.headers as InjectedAnswer['headers'], body: json && answer.body ? JSON.parse(answer.body) : answer.body };
  }

  private on(signal: NodeJS.Signals): void {
    const stop = (): void => void this.stop().then(() => process.exit(0), () => process.exit(1));
    this.signals.set(signal, stop);
    process.once(signal, stop);
  }

  stop(): Promise<void> {
    this.stopped ??= this.close();
    return this.stopped;
  }

  /** Doors, then feed, then what they stand on: nothing is taken away that something before it still needs. */
  private async close(): Promise<void> {
    for (const [signal, stop] of this.signals) process.off(signal, stop);
    await Promise.all(this.runtimes.flatMap(({ loops }) => loops.map((loop) => loop.stop())));
    if (this.app) await drain(this.app);
    await this.app?.close();
    await Promise.all(this.runtimes.map((runtime) => runtime.close()));
    await this.embedded?.stop();
  }

  /** The tokens are told once, to the terminal and never to the log. */
  private welcome(names: readonly string[]): void {
    this.telemetry.log.info({ url: this.url, services: names }, 'started');
    if (this.config.logLevel === 'silent') return;
    const first = !this.config.issuer && readOrMake(this.config.dataDir, 'tokens-told', () => new Date().toISOString()).made;
    const tokens = first ? ['', '首次启动的账号令牌(只显示一次)/ tokens of the first accounts (shown once):', ...Object.entries(this.tokens).map(([id, token]) => `  ${id}  ${token}`)] : [];
    process.stdout.write(`${['', `双绑 ${names.join(' ')}`, `  ${this.url}/docs`, ...tokens, ''].join('\n')}\n`);
  }
}
