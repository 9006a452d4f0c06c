import type { KeyObject } from 'node:crypto';
import { upcast } from '#contracts';
import type { View } from '#decider';
import { openEventStore, type Clock, type EventStore } from '#event-store';
import { automationHandler, startRelay, TryAgain, ViewHost, type Feed, type Hosted, type OrderOrigin, type Relay } from '#messaging';
import { migrate, openDatabase, type Database, type Tx } from '#postgres';
import { dayOf } from '#standards';
import { CommandExecutor } from './command/executor.js';
import type { Config } from './config.js';
import type { Service } from './manifest.js';
import { Policy } from './policy.js';
import { Problem } from './problem.js';
import type { Params, ViewReader } from './query.js';
import { QueryExecutor } from './query-executor.js';
import { Regions, regionsView } from './regions.js';
import { uuidFrom, type Secrets } from './secrets.js';
import type { Telemetry } from './telemetry.js';
import { Loop } from './worker-loop.js';

/** What a service finds in its process. */
export interface Surroundings {
  readonly config: Config;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly telemetry: Telemetry;
  databaseUrl(service: string): Promise<string>;
  /** Services in reach: those of this process, and by Kafka all. */
  readonly heard: (service: string) => boolean;
  ask(by: { service: string; token?: string; traceparent?: string }, to: { service: string; path: string; params?: Params }): Promise<unknown>;
}

/** One service at work: its database, store, views, automations, workers, and the two doors `commands` and `queries`. */
export class Runtime {
  readonly commands: CommandExecutor;
  readonly queries: QueryExecutor;
  readonly host: ViewHost;
  readonly reader: ViewReader;
  readonly policy: Policy;
  readonly regions: Regions;
  readonly loops: readonly Loop[];
  relay: Relay | null = null;

  private constructor(
    readonly manifest: Service,
    readonly database: Database,
    readonly store: EventStore,
    readonly around: Surroundings,
  ) {
    const { config, clock, telemetry } = around;
    this.host = new ViewHost({ name: manifest.name, database, views: this.hosted(), log: telemetry.log, upcast });
    const schemaOf = (view: string): string => this.host.schemaOf(view);
    const secret = (name: string): KeyObject => around.secrets.of(manifest.name, name);
    this.regions = new Regions(database, schemaOf);
    this.policy = new Policy(this.regions);
    this.reader = this.readerOf(schemaOf);
    const { patienceMs, allowTestId } = config;
    const both = { manifest, database, clock, policy: this.policy, patienceMs, secret };
    const measured = { append: telemetry.measured(manifest.name, (append) => store.append(append)), load: store.load, resultOf: store.resultOf };
    this.commands = new CommandExecutor({ ...both, store: measured, schemaOf, allowTestId });
    this.queries = new QueryExecutor({ ...both, views: this.reader, host: this.host });
    this.loops = (manifest.workers ?? []).map((worker) => new Loop(worker, database, telemetry.log, (signal) => this.workerContext(signal)));
  }

  static async open(manifest: Service, around: Surroundings): Promise<Runtime> {
    const database = openDatabase(await around.databaseUrl(manifest.name), { name: manifest.name });
    if (manifest.migrations?.length) await migrate(database.url, manifest.migrations, { table: 'service_migrations' });
    const store = await openEventStore({ database, service: manifest.name, clock: around.clock, upcast, grouped: around.telemetry.grouped(manifest.name) });
    return new Runtime(manifest, database, store, around);
  }

  private hosted(): Hosted[] {
    const { telemetry, heard } = this.around;
    const { name, views, automations = [] } = this.manifest;
    const regions = telemetry.observed(name, regionsView, () => this.regions.stale());
    const own = views.map((view) => telemetry.observed(name, view as unknown as View<Tx>));
    const hosting = {
      dispatch: (order: Parameters<Runtime['dispatch']>[0], origin: OrderOrigin) => this.dispatch(order, origin),
      schemaAfter: (...asked: Parameters<ViewHost['schemaAfter']>) => this.host.schemaAfter(...asked),
    };
    const all: Hosted[] = [regions, ...own, ...automations.map((automation) => automationHandler(automation, hosting))];
    return all.map((hosted) => ({ ...hosted, services: hosted.services.filter(heard) }));
  }

  private readerOf(schemaOf: (view: string) => string): ViewReader {
    const live = (view: string) => this.host.status().find((status) => status.view === view && status.state === 'live');
    return {
      schemaOf,
      watermark: (view) => this.host.watermark(view),
      positions: (view) => live(view)?.lanes.map(({ service, lane, position }) => `${service}:${lane}:${position}`) ?? [],
      skipped: (view) => live(view)?.skipped ?? 0,
    };
  }

  /** An automation's order: a refusal by a rule is an answer; what passes by itself is tried again. */
  private async dispatch({ command, input }: { command: Service['commands'][number]; input: unknown }, { commandId, event }: OrderOrigin): Promise<void> {
    const { correlationId, traceparent } = event.origin;
    try {
      await this.commands.give(command, input, { commandId, principal: null, origin: { source: 'AUTOMATION', correlationId, ...(traceparent ? { traceparent } : {}) } });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.kind === 'raced' || error.details.code === 'not-known-yet') throw new TryAgain(error.message);
      if (error.kind !== 'refused') throw error;
    }
  }

  private workerContext(signal: AbortSignal): Parameters<Loop['worker']['work']>[0] {
    const { clock, telemetry, ask } = this.around;
    const { name: service } = this.manifest;
    return {
      ...this.reader,
      db: this.database,
      signal,
      now: () => clock.now(),
      today: () => dayOf(clock.now()),
      ask: <T>(to: string, path: string, params?: Params) => ask({ service }, { service: to, path, params }) as Promise<T>,
      give: (command, input, commandId) =>
        this.commands.give(command, input, { commandId, principal: null, origin: { source: 'AUTOMATION', correlationId: uuidFrom('worker', commandId) } }),
      log: (level, details, message) => telemetry.log[level]({ service, ...details }, message),
    };
  }

  async start(feed: Feed): Promise<void> {
    await this.host.start(feed);
    const { config, telemetry } = this.around;
    const { kafkaBrokers: brokers } = config;
    if (brokers) this.relay = await startRelay({ store: this.store, database: this.database, brokers, clientId: `${this.manifest.name}-relay`, log: telemetry.log });
    for (const loop of this.loops) loop.start();
  }

  /** After the doors are shut and the feed delivers nothing more. */
  async close(): Promise<void> {
    await this.host.close();
    await this.relay?.stop();
    await this.store.close();
    await this.database.close();
  }
}
