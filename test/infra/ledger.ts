import { scopeOf, type Grant } from '#auth';
import type { RecordedEvent } from '#decider';
import { openDatabase, type Database } from '#postgres';
import type { AnyQuery } from '#service-kit';
import { drill } from '../../apps/projection/src/ask/drill.query.js';
import { Tree } from '../../apps/projection/src/ask/tree.js';
import { figures } from '../../apps/projection/src/figures.view.js';
import type { Subject, Version } from '../../apps/projection/src/ledger/types.js';
import { tables } from '../../apps/projection/src/store/tables.js';
import { statedBy } from '../../apps/projection/src/store/versions.js';
import { testServer, type TestServer } from './postgres.js';

export const TODAY = '2022-07-18';
/** {@link TODAY} as a number of days. */
export const TODAY_NUMBER = 19_191;

export interface Answer {
  readonly value: number;
  readonly standing: string;
  readonly drill: string;
  readonly parts: readonly { key: string; id?: string; value: number; drill: string }[];
}
interface FactTold {
  readonly kind: string;
  readonly id: string;
  readonly from: string;
  readonly event: string;
}
export interface Drilled {
  readonly items: readonly { subject: Subject; value: number; reason?: string; by: readonly FactTold[]; fact?: FactTold; because?: readonly FactTold[] }[];
  readonly next: string | null;
}
export const sumOf = (items: Drilled['items']): number => items.reduce((sum, { value }) => sum + value, 0);

/** A ledger that can be asked, and how far it is complete. */
export interface Asking {
  readonly db: Database;
  readonly schema: string;
  readonly watermark: number;
  readonly tree: Tree;
  readonly now: number;
}

/** Runs a query as its service would for somebody with these grants. */
export const answerTo = async <T>({ db, schema, watermark, tree: known, now }: Asking, query: AnyQuery, input: object, grants: readonly Grant[] = [{ role: 'ANALYST' }]): Promise<T> => {
  const tree = { contains: (region: string, village: string) => known.within(village, region, TODAY_NUMBER), villages: (region: string) => known.villages(region, TODAY_NUMBER) };
  const principal = { id: 'someone', name: 'someone', grants };
  const scope = scopeOf({ principal, roles: ['ANALYST', 'COOPERATIVE_MANAGER', 'ENTERPRISE_STAFF'], tree, day: TODAY });
  const reading = { schemaOf: () => schema, watermark: () => watermark, positions: () => [], skipped: () => 0 };
  const unused = (): never => {
    throw new Error('not asked here');
  };
  return (await query.run({ ...reading, input, principal, scope, tree, db, now, today: TODAY, secret: unused, ask: unused })) as T;
};

/** All pages of a drill. */
export const allPages = async (ask: (query: AnyQuery, input: object) => Promise<Drilled>, token: string, { list = 'counted', limit = 23 }: { list?: string; limit?: number }): Promise<Drilled['items']> => {
  const items: Drilled['items'][number][] = [];
  let after: string | undefined;
  do {
    const page = await ask(drill, { token, list, after, limit });
    items.push(...page.items);
    after = page.next ?? undefined;
  } while (after);
  return items;
};

/** The ledger of a projection on a real database, fed with events and asked as its service asks, without the doors. */
export class LedgerUnderTest {
  readonly versions: readonly Version[];
  readonly tree: Tree;
  private server: TestServer;
  private db: Database;
  private folded = 0;
  private watermark = 0;

  constructor(readonly events: readonly RecordedEvent[]) {
    this.versions = statedBy({ events }).map(({ version }) => version);
    this.tree = new Tree(this.versions.filter(({ kind }) => kind === 'region'), Infinity);
  }

  get last(): number {
    return this.events.at(-1)?.recordedAt ?? 0;
  }

  async start(): Promise<void> {
    this.server = await testServer();
    this.db = openDatabase(await this.server.database());
    await this.db.query(`create schema ledger; ${tables('ledger')}`);
  }

  async stop(): Promise<void> {
    await this.db?.close();
    await this.server?.stop();
  }

  async foldUpTo(rec: number): Promise<void> {
    const part = this.events.slice(this.folded).filter(({ recordedAt }) => recordedAt <= rec);
    for (const lane of Map.groupBy(part, ({ service, lane: n }) => `${service}:${n}`).values()) {
      await this.db.transaction((tx) => figures.fold({ events: lane }, { db: tx, schema: 'ledger' }));
    }
    this.folded += part.length;
    this.watermark = rec;
  }

  /** Runs a query as its service would for somebody with these grants. */
  ask<T>(query: AnyQuery, input: object, grants?: readonly Grant[]): Promise<T> {
    return answerTo<T>({ db: this.db, schema: 'ledger', watermark: this.watermark, tree: this.tree, now: this.last }, query, input, grants);
  }

  opened(token: string, options: { list?: string; limit?: number; grants?: readonly Grant[] } = {}): Promise<Drilled['items']> {
    return allPages((query, input) => this.ask<Drilled>(query, input, options.grants), token, options);
  }
}
