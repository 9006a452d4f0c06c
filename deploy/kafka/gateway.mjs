// One address for users: /<service>/… goes to that service, as deploy/gateway.conf has it for containers.
import proxy from '@fastify/http-proxy';
import fastify from 'fastify';

const UNAVAILABLE = { type: 'urn:shuangbang:problem:unavailable', status: 503, code: 'unavailable', title: '暂时不可用', titleEn: 'Not available for the moment', detail: '服务正在启动或重启,请稍后重试。', detailEn: 'The service is starting; try again in a moment.' };
const NOT_FOUND = { type: 'urn:shuangbang:problem:not-found', status: 404, code: 'not-found', title: '未找到', titleEn: 'Not found', detail: '没有这样的路径。', detailEn: 'There is no such path.' };
const refuse = (reply, problem) => reply.code(problem.status).header('retry-after', problem.status === 503 ? '1' : undefined).type('application/problem+json').send(JSON.stringify(problem));

const readinessOf = async (url) => {
  const answer = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(5000) }).catch(() => null);
  return { up: answer?.ok === true, services: (await answer?.json().catch(() => null))?.services ?? {} };
};

/** What the services say of themselves; their metrics stay inside. */
const health = (app, urls) => {
  app.get('/health/live', () => ({ status: 'up' }));
  app.get('/health/ready', async (_request, reply) => {
    const all = await Promise.all(Object.entries(urls).map(async ([name, url]) => [name, await readinessOf(url)]));
    const up = all.every(([, { up }]) => up);
    const services = Object.fromEntries(all.map(([name, { services }]) => [name, services[name] ?? null]));
    return reply.code(up ? 200 : 503).send({ status: up ? 'up' : 'down', services });
  });
};

/** The way to one service, which may not be there yet. */
const way = (app, prefix, upstream) =>
  app.register(proxy, {
    prefix,
    rewritePrefix: prefix,
    upstream,
    // Whether to try again is the client's business: it knows its Idempotency-Key.
    retryMethods: [],
    disableRequestLogging: true,
    // An answer may stream for as long as it likes.
    undici: { headersTimeout: 0, bodyTimeout: 0 },
    replyOptions: {
      onError: (reply) => refuse(reply, UNAVAILABLE),
      // The caller's own word on where he comes from counts for nothing here.
      rewriteRequestHeaders: (request, headers) => ({ ...headers, 'x-forwarded-for': request.ip }),
    },
  });

/**
 * Listens before the services do, so that a port in use is known before anything else is started.
 * @param {{ port: number, host: string, urls: Record<string, string> }} options `urls`: where each service is, or will be
 */
export const startGateway = async ({ port, host, urls }) => {
  const app = fastify({ logger: false, bodyLimit: 4 * 1024 * 1024, forceCloseConnections: 'idle' });
  for (const [name, url] of Object.entries(urls)) way(app, `/${name}`, url);
  way(app, '/docs', Object.values(urls)[0]);
  health(app, urls);
  app.setNotFoundHandler((_request, reply) => refuse(reply, NOT_FOUND));
  const url = await app.listen({ port, host });
  return { url: url.replace('[::1]', '127.0.0.1'), close: () => app.close() };
};
