import { Problem, PROBLEMS, type ProblemBody, type ProblemKind } from './problem.js';
import type { Params } from './query.js';

/** One GET to a service's public API; answers with status and JSON. */
export type Fetch = (path: string, headers: Record<string, string>) => Promise<{ status: number; body: unknown }>;

export const pathOf = (service: string, path: string, params: Params = {}): string => {
  const pairs = Object.entries(params).flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).filter((one) => one !== undefined).map((one): [string, string] => [name, String(one)]));
  const query = new URLSearchParams(pairs).toString();
  return `/${service}${path}${query ? `?${query}` : ''}`;
};

/** GET over HTTP. @throws Problem 'unavailable' when nobody answers */
export const fetchFrom = (base: string): Fetch => async (path, headers) => {
  const answer = await fetch(`${base}${path}`, { headers, signal: AbortSignal.timeout(30_000) }).catch(() => {
    throw new Problem('unavailable', { retryAfterSeconds: 1 });
  });
  return { status: answer.status, body: await answer.json().catch(() => null) };
};

const kindOf = (status: number): ProblemKind => {
  const [name] = Object.entries(PROBLEMS).find(([, problem]) => problem.status === status) ?? [];
  return status >= 400 && status < 500 && name ? (name as ProblemKind) : 'unavailable';
};

/** What another service has answered, its refusals passed on as they are. */
export const answered = ({ status, body }: { status: number; body: unknown }): unknown => {
  if (status < 400) return body;
  const { code, detail, detailEn } = (body ?? {}) as Partial<ProblemBody>;
  throw new Problem(kindOf(status), { ...(code ? { code } : {}), ...(detail ? { detail: { zh: detail, en: detailEn ?? detail } } : {}) });
};
