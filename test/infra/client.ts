import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

interface Answer {
  readonly status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- JSON from outside
  readonly body: any;
}
export interface Acknowledged {
  readonly service: string;
  /** Epoch ms. */
  readonly at: number;
  readonly heads: readonly string[];
}
const PATIENCE = 180_000;
/** Nobody answered, or the answer is to come again. */
const passing = ({ status, body }: Answer): boolean => [0, 412, 429, 503].includes(status) || (body as { code?: string } | null)?.code === 'not-known-yet';

/** A client as it should be: one Idempotency-Key a command, given again until it is answered, whichever process answers. */
export class Client {
  readonly tokens = new Map<string, string>();
  readonly acknowledged: Acknowledged[] = [];
  /** Commands given once more, and why. */
  readonly repeated = new Map<string, number>();
  private readonly furthest = new Map<string, number>();
  private turn = 0;

  private readonly addresses: Map<string, string[]>;

  /** @param urls by service; `platform` is all of them */
  constructor(urls: Readonly<Record<string, string>>) {
    this.addresses = new Map(Object.entries(urls).map(([name, url]) => [name, [url]]));
  }

  /** A further process of a service. */
  also(service: string, url: string): void {
    this.addresses.get(service)?.push(url);
  }

  private async send(service: string, path: string, by: string, init: RequestInit): Promise<Answer> {
    const all = this.addresses.get(service) ?? this.addresses.get('platform') ?? [];
    const url = `${all[(this.turn += 1) % all.length]}/${service}${encodeURI(path)}`;
    const headers = { authorization: `Bearer ${this.tokens.get(by)}`, 'content-type': 'application/json', ...init.headers };
    try {
      const answer = await fetch(url, { ...init, headers, signal: AbortSignal.timeout(20_000) });
      return { status: answer.status, body: await answer.json() };
    } catch {
      return { status: 0, body: null };
    }
  }

  private async until(what: string, attempt: () => Promise<Answer>): Promise<Answer['body']> {
    const deadline = Date.now() + PATIENCE;
    for (let wait = 50; ; wait = Math.min(wait * 2, 500)) {
      const answer = await attempt();
      if (answer.status === 200) return answer.body;
      if (!passing(answer) || Date.now() > deadline) throw new Error(`${what}: ${answer.status} ${JSON.stringify(answer.body)}`);
      const why = String(answer.body?.code ?? answer.status);
      this.repeated.set(why, (this.repeated.get(why) ?? 0) + 1);
      await pause(wait);
    }
  }

  /** Resolves when it is acknowledged, with what to wait for to see it. */
  async command(service: string, path: string, input: object, by = 'administrator'): Promise<readonly string[]> {
    const init = { method: 'POST', body: JSON.stringify(input), headers: { 'idempotency-key': randomUUID() } };
    const { at } = (await this.until(`${service}${path}`, () => this.send(service, path, by, init))) as { at: string[] };
    this.acknowledged.push({ service, at: Date.now(), heads: at });
    for (const head of at) {
      const cut = head.lastIndexOf(':');
      const [lane, position] = [head.slice(0, cut), Number(head.slice(cut + 1))];
      this.furthest.set(lane, Math.max(position, this.furthest.get(lane) ?? 0));
    }
    return at;
  }

  /** An answer that has seen every acknowledged command. */
  query(service: string, path: string, by = 'administrator'): Promise<Answer['body']> {
    return this.queryAfter([...this.furthest].map(([lane, position]) => `${lane}:${position}`), service, path, by);
  }

  /** An answer that has seen these. */
  queryAfter(heads: readonly string[], service: string, path: string, by = 'administrator'): Promise<Answer['body']> {
    const at = heads.map((head) => `at=${head}`).join('&');
    return this.until(`${service}${path}`, () => this.send(service, `${path}${path.includes('?') ? '&' : '?'}${at}`, by, {}));
  }

  /** A POST that is no command, as an operator gives. */
  order(service: string, path: string, by: string): Promise<Answer['body']> {
    return this.until(`${service}${path}`, () => this.send(service, path, by, { method: 'POST', body: '{}' }));
  }

  between(from: number, to: number): Record<string, number> {
    const during = this.acknowledged.filter(({ at }) => at > from && at < to);
    return Object.fromEntries([...Map.groupBy(during, ({ service }) => service)].map(([service, list]) => [service, list.length]));
  }
}
