import type { Socket } from 'node:net';
import { languageOf } from '../language.js';
import { Problem, problemBody, type ProblemKind } from '../problem.js';
import type { DoorList } from './door-list.js';
import type { KitReply, KitRequest } from './request.js';

type Done<T = undefined> = (error: Error | null, value?: T) => void;
type JsonParser = (request: unknown, body: string, done: Done<unknown>) => void;
/** What we use of the server below the framework. */
export interface Edge {
  addHook(name: 'onRoute', hook: (route: { readonly method: string | string[]; readonly url: string }) => void): unknown;
  addHook(name: 'onRequest' | 'onResponse', hook: (request: KitRequest, reply: KitReply, done: () => void) => void): unknown;
  addHook(name: 'onSend', hook: (request: KitRequest, reply: KitReply, payload: unknown, done: () => void) => void): unknown;
  removeAllContentTypeParsers(): void;
  getDefaultJsonParser(onProto: 'error', onConstructor: 'error'): JsonParser;
  addContentTypeParser(type: string, options: { parseAs: 'string' }, parser: JsonParser): void;
}

/** Answers that the framework never sees are problems too; none repeats what was sent. */
const kindOf = (code: string | undefined): ProblemKind =>
  ({ HPE_HEADER_OVERFLOW: 'headers-too-large', ERR_HTTP_REQUEST_TIMEOUT: 'timed-out', FST_ERR_MAX_PARAM_LENGTH: 'not-found' } as const)[code ?? ''] ?? 'malformed';
const TYPE = 'application/problem+json; charset=utf-8';
const unreadable = (code: string | undefined): Problem => {
  const kind = kindOf(code);
  return new Problem(kind, kind === 'malformed' ? { errors: [{ field: '', rule: 'isHttp', text: { zh: '地址或请求头无法解读', en: 'the address or a header cannot be read' } }] } : {});
};

/** A path that cannot be decoded. */
export const badUrl = (error: { code?: string }, request: KitRequest, reply: KitReply): void => {
  const problem = unreadable(error.code);
  void reply.status(problem.status).type(TYPE).send(JSON.stringify(problemBody(problem, languageOf(String(request.headers['accept-language'] ?? '')), request.trace?.traceId)));
};

/** What is no HTTP, or more of it than we read. */
export const badClient = (error: Error & { code?: string }, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const problem = unreadable(error.code);
  const body = JSON.stringify(problemBody(problem, 'zh'));
  socket.end(`HTTP/1.1 ${problem.status} ${problem.kind}\r\ncontent-type: ${TYPE}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`);
};

const notJson = (): Problem => new Problem('malformed', { errors: [{ field: '', rule: 'isJson', text: { zh: '请求体不是完整的 JSON', en: 'the body is not well-formed JSON' } }] });

/** Takes JSON only; an empty body is an input without fields. */
export const readJsonOnly = (server: Edge): void => {
  server.removeAllContentTypeParsers();
  const parse = server.getDefaultJsonParser('error', 'error');
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.trim() === '') return done(null, undefined);
    parse(request, body, (error, value) => (error ? done(notJson()) : done(null, value)));
  });
};

/** Says which methods a path knows, to OPTIONS and to whoever comes with another one. */
export const tellMethods = (server: Edge, doors: DoorList): void => {
  server.addHook('onRoute', ({ method, url }) => doors.note([method].flat(), url));
  server.addHook('onRequest', (request, reply, done) => {
    const allowed = request.method === 'OPTIONS' ? doors.methodsAt(request.url) : [];
    if (allowed.length === 0) return done();
    reply.header('allow', allowed.join(', '));
    void reply.status(204).send();
  });
};

/** Nobody between us and the caller keeps what may be personal, or guesses what it is. */
export const harden = (server: Edge): void => {
  server.addHook('onSend', (_request, reply, _payload, done) => {
    reply.header('cache-control', 'no-store');
    reply.header('x-content-type-options', 'nosniff');
    done();
  });
};

