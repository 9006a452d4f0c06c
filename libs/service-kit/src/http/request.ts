import type { Principal } from '#auth';
import type { Trace } from '../trace.js';

/** What we read of a request, with what the hooks and guards have learnt of it. */
export interface KitRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly ip: string;
  /** The pattern that matched. */
  readonly routeOptions?: { readonly url?: string };
  readonly query: Readonly<Record<string, unknown>>;
  readonly params: Readonly<Record<string, string>>;
  readonly body: unknown;
  trace: Trace;
  principal?: Principal;
}

/** What we use of an answer on its way. */
export interface KitReply {
  readonly statusCode: number;
  /** Milliseconds. */
  readonly elapsedTime: number;
  status(code: number): KitReply;
  type(contentType: string): KitReply;
  header(name: string, value: string): KitReply;
  send(body?: string): KitReply;
}

export const headerOf = (request: Pick<KitRequest, 'headers'>, name: string): string | undefined => {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
};

export const tokenOf = (request: Pick<KitRequest, 'headers'>): string | undefined => /^Bearer (\S+)$/i.exec(headerOf(request, 'authorization') ?? '')?.[1];

/** Whoever asks: set by the guard, so missing only by a defect. */
export const principalOf = (request: KitRequest): Principal => {
  if (!request.principal) throw new Error('the request was let through without a principal');
  return request.principal;
};
