import type { Server } from 'node:http';
import { Module, type DynamicModule, type LoggerService, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Accounts } from '../accounts.js';
import { RateLimit } from '../rate-limit.js';
import type { Runtime } from '../runtime.js';
import type { Telemetry } from '../telemetry.js';
import { traceFrom } from '../trace.js';
import { batchController } from './batch-controller.js';
import { serveDocs } from './docs.js';
import { DoorList } from './door-list.js';
import { badClient, badUrl, harden, readJsonOnly, tellMethods, type Edge } from './edge.js';
import { assertPolicies, DoorGuard } from './guards.js';
import { healthController } from './health.js';
import { operatingController } from './operating.js';
import { ProblemFilter } from './problem-filter.js';
import { headerOf } from './request.js';
import { serviceController } from './service-controller.js';

/** A batch of 500 commands fits. */
const BODY_LIMIT = 4 * 1024 * 1024;
/** Only a proxy of our own network may say whom it speaks for. */
const PROXIES = 'loopback,linklocal,uniquelocal';

@Module({})
class Services {}

export interface ApplicationOptions {
  readonly runtimes: readonly Runtime[];
  readonly accounts: Accounts;
  readonly telemetry: Telemetry;
  readonly rateLimit: number;
  readonly stopping: () => boolean;
  /** Further controllers, held to the same rules. */
  readonly controllers?: readonly Type[];
}

/** Nest tells of its start-up in many lines; only its warnings and errors are of use. */
const quiet = ({ log }: Telemetry): LoggerService => ({
  log: () => undefined,
  warn: (message: unknown) => log.warn({ nest: String(message) }, 'framework'),
  error: (message: unknown) => log.error({ nest: String(message) }, 'framework'),
});

/** A trace for every request, and one log line and one measurement for every answer. */
const observe = (server: Edge, { telemetry: { log, requests }, stopping }: ApplicationOptions): void => {
  server.addHook('onRequest', (request, reply, done) => {
    request.trace = traceFrom(headerOf(request, 'traceparent'));
    reply.header('traceparent', request.trace.traceparent);
    done();
  });
  // A kept connection would keep a stopping server waiting for its next request.
  server.addHook('onSend', (_request, reply, _payload, done) => {
    if (stopping()) reply.header('connection', 'close');
    done();
  });
  server.addHook('onResponse', (request, reply, done) => {
    const { trace, principal, method, routeOptions } = request;
    const route = routeOptions?.url ?? 'none';
    const { statusCode: status, elapsedTime } = reply;
    requests.observe({ method, route, status: String(status) }, elapsedTime / 1000);
    log.info({ method, route, status, ms: Math.round(elapsedTime), traceId: trace?.traceId, account: principal?.id }, 'answered');
    done();
  });
};

/** The doors of all services of this process. @throws Error when a route declares no policy */
export const createApplication = async (options: ApplicationOptions): Promise<NestFastifyApplication> => {
  const { runtimes, telemetry, accounts } = options;
  const own = runtimes.flatMap((runtime) => [serviceController(runtime), batchController(runtime), operatingController(runtime)]);
  const controllers = [healthController(runtimes, telemetry.registry, options.stopping), ...own, ...(options.controllers ?? [])];
  assertPolicies(controllers);
  const adapter = new FastifyAdapter({ bodyLimit: BODY_LIMIT, trustProxy: PROXIES, clientErrorHandler: badClient, frameworkErrors: badUrl as never });
  const [server, doors] = [adapter.getInstance<Edge>(), new DoorList()];
  observe(server, options);
  tellMethods(server, doors);
  harden(server);
  readJsonOnly(server);
  const module: DynamicModule = { module: Services, controllers };
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, { logger: quiet(telemetry), abortOnError: false, bodyParser: false });
  app.useGlobalGuards(new DoorGuard(accounts, new RateLimit(options.rateLimit)));
  app.useGlobalFilters(new ProblemFilter(telemetry, doors));
  serveDocs(app, runtimes.map(({ manifest }) => manifest.name), Object.keys(runtimes[0]?.around.config.serviceUrls ?? {}));
  return app;
};

/** A request may take so long when the process stops; milliseconds. */
const LAST_ANSWERS = 30_000;

/** Takes no new connection and waits for the answers in hand; questions that these put inside the process still go through. */
export const drain = async (app: NestFastifyApplication): Promise<void> => {
  const server = app.getHttpServer() as Server;
  if (!server.listening) return;
  const patience = setTimeout(() => server.closeAllConnections(), LAST_ANSWERS);
  await new Promise<void>((resolve) => server.close(() => resolve()));
  clearTimeout(patience);
};
