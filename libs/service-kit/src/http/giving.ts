import { randomUUID } from 'node:crypto';
import type { Source } from '#decider';
import type { Giving } from '../command/executor.js';
import { Problem } from '../problem.js';
import { headerOf, principalOf, type KitRequest } from './request.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const ID = /^[A-Za-z0-9._:-]{1,64}$/;
const SOURCES: readonly string[] = ['UI', 'IMPORT', 'API'] satisfies readonly Source[];

const wrong = (field: string, zh: string, en: string): Problem => new Problem('malformed', { errors: [{ field, rule: 'matches', text: { zh, en } }] });

/** The command id: the caller's, or a new one. @throws Problem 'malformed' */
const commandIdOf = (given: unknown): string => {
  if (given === undefined || given === null) return randomUUID();
  if (typeof given === 'string' && UUID.test(given)) return given.toLowerCase();
  throw wrong('Idempotency-Key', '应为 UUID', 'must be a UUID');
};

const idOr = (field: string, given: unknown): string | undefined => {
  if (given === undefined) return undefined;
  if (typeof given === 'string' && ID.test(given)) return given;
  throw wrong(field, '格式不正确', 'must be 1–64 letters, digits, . _ : or -');
};

const sourceOf = (given: string | undefined): Source => {
  if (given === undefined) return 'API';
  if (SOURCES.includes(given)) return given as Source;
  throw wrong('X-Source', '应为 UI、IMPORT 或 API', 'must be UI, IMPORT or API');
};

/** By whom and how a request gives a command; an item of a batch brings its own key and principal's errand. */
export const givingOf = (request: KitRequest, own: { idempotencyKey?: unknown; onBehalfOf?: unknown } = {}): Giving => {
  const onBehalfOf = idOr('onBehalfOf', own.onBehalfOf ?? headerOf(request, 'x-on-behalf-of'));
  return {
    commandId: commandIdOf('idempotencyKey' in own ? own.idempotencyKey : headerOf(request, 'idempotency-key')),
    principal: principalOf(request),
    origin: {
      source: sourceOf(headerOf(request, 'x-source')),
      correlationId: idOr('X-Correlation-Id', headerOf(request, 'x-correlation-id')) ?? request.trace.traceId,
      traceparent: request.trace.traceparent,
      ...(onBehalfOf ? { onBehalfOf } : {}),
    },
  };
};
