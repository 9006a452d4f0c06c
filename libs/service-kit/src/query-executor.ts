import type { KeyObject } from 'node:crypto';
import type { Principal } from '#auth';
import type { Clock } from '#event-store';
import type { ViewHost, FeedPosition } from '#messaging';
import type { Database } from '#postgres';
import { dayOf } from '#standards';
import { readInput } from './input/read-input.js';
import type { Service } from './manifest.js';
import type { Policy } from './policy.js';
import { Problem } from './problem.js';
import type { AnyQuery, QueryContext, ViewReader } from './query.js';
import { REGIONS_VIEW } from './regions.js';

export interface Asking {
  readonly principal: Principal;
  /** `<service>:<lane>:<position>`, as a command answered. */
  readonly at: readonly string[];
  readonly ask: QueryContext<unknown>['ask'];
}
export interface QueryOptions {
  readonly manifest: Service;
  readonly database: Database;
  readonly views: ViewReader;
  readonly host: Pick<ViewHost, 'reached'>;
  readonly clock: Clock;
  readonly policy: Policy;
  readonly patienceMs: number;
  secret(name: string): KeyObject;
}

const PLACE = /^([a-z-]+):(\d{1,6}):(\d{1,15})$/;
const positionOf = (text: string): FeedPosition => {
  const [, service, lane, position] = PLACE.exec(text) ?? [];
  if (service) return { service, lane: Number(lane), position: Number(position) };
  throw new Problem('malformed', { errors: [{ field: 'at', rule: 'matches', text: { zh: '格式应为 服务:道:位置', en: 'must be <service>:<lane>:<position>' } }] });
};

/** Answers queries: read the input, wait for what the caller has written, permit, ask. */
export class QueryExecutor {
  constructor(private readonly options: QueryOptions) {}

  /** @throws Problem for whatever the caller can do something about */
  async ask(query: AnyQuery, raw: unknown, { principal, at, ask }: Asking): Promise<unknown> {
    const { policy, clock, database, views, secret } = this.options;
    policy.mayAtAll(principal, query.may.roles);
    const input: unknown = await readInput(query.input, raw);
    await this.reached(query, at.map(positionOf));
    const now = clock.now();
    const today = dayOf(now);
    if (query.may.on) await policy.permit(principal, query.may, { about: input as never, day: today });
    const { asOf } = input as { asOf?: unknown };
    const { scope, tree } = await policy.scope(principal, query.may.roles, typeof asOf === 'string' ? asOf : today);
    const answer = await query.run({ ...views, input, principal, scope, tree, db: database, now, today, secret, ask });
    if (answer === undefined) throw new Problem('not-found');
    return answer;
  }

  /** Read your writes: waits until every view that the query reads has seen them. */
  private async reached(query: AnyQuery, at: readonly FeedPosition[]): Promise<void> {
    if (at.length === 0) return;
    const { manifest, host, patienceMs } = this.options;
    const names = query.views ?? manifest.views.map(({ name }) => name);
    const asked = [...manifest.views.filter(({ name }) => names.includes(name)), { name: REGIONS_VIEW, services: ['farmer'] }];
    const waits = asked.map(({ name, services }) => host.reached(name, at.filter(({ service }) => services.includes(service)), patienceMs));
    if ((await Promise.all(waits)).every(Boolean)) return;
    throw new Problem('unavailable', {
      code: 'not-read-yet',
      detail: { zh: '您刚写入的数据尚未到达此查询,请稍后重试。', en: 'What you have written has not reached this query yet; try again in a moment.' },
      retryAfterSeconds: 1,
    });
  }
}
