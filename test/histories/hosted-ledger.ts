import { setTimeout as pause } from 'node:timers/promises';
import type { RecordedEvent } from '#decider';
import { type FeedBatch, ViewHost } from '#messaging';
import { type Database, openDatabase } from '#postgres';
import type { AnyQuery } from '#service-kit';
import type { Grant } from '#auth';
import { Tree } from '../../apps/projection/src/ask/tree.js';
import { figures } from '../../apps/projection/src/figures.view.js';
import { allPages, answerTo, type Drilled } from '../infra/ledger.js';
import type { TestServer } from '../infra/postgres.js';
import { HandFeed } from './deliveries.js';
import { versionsOf } from './in-memory-ledger.js';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The projection's view under its real host, on a database of its own, behind a feed in the test's hand. */
export class HostedLedger {
  readonly feed: HandFeed;
  private readonly tree: Tree;

  private constructor(
    readonly db: Database,
    private readonly host: ViewHost,
    private readonly last: number,
    events: readonly RecordedEvent[],
  ) {
    this.feed = new HandFeed(1 + Math.max(...events.map(({ lane }) => lane)));
    this.tree = new Tree(versionsOf(events).filter(({ kind }) => kind === 'region'), Infinity);
  }

  static async open(server: TestServer, events: readonly RecordedEvent[]): Promise<HostedLedger> {
    const db = openDatabase(await server.database());
    const host = new ViewHost({ name: 'projection', database: db, views: [figures as never], log: silent, dropAfter: 600_000 });
    const ledger = new HostedLedger(db, host, (events.at(-1)?.recordedAt ?? 0) + 1, events);
    await host.start(ledger.feed);
    return ledger;
  }

  /** Delivers, and then tells every lane complete up to the last event delivered. */
  async take(batches: readonly FeedBatch[]): Promise<void> {
    await this.feed.deliver(batches);
    const [halted] = this.host.status().flatMap((status) => status.halted ?? []);
    if (halted) throw new Error(JSON.stringify(halted));
    await this.feed.frontier(this.last + 1);
  }

  get schema(): string {
    return this.host.schemaOf('figures');
  }

  /** Builds the view anew beside the live one, from what the feed sends again, until it has taken over. */
  async rebuild(): Promise<string> {
    const before = this.schema;
    await this.host.rebuild('figures');
    await this.feed.again();
    // As a feed does, idle lanes go on telling how far they are: with one of these words it takes over.
    for (let tries = 0; this.schema === before; tries += 1) {
      if (tries > 100) throw new Error(`the rebuilt view has not taken over: ${JSON.stringify(this.host.status())}`);
      await pause(50);
      await this.feed.frontier(this.last + 1);
    }
    return before;
  }

  ask<T>(query: AnyQuery, input: object, grants?: readonly Grant[]): Promise<T> {
    return answerTo<T>({ db: this.db, schema: this.schema, watermark: this.host.watermark('figures'), tree: this.tree, now: this.last }, query, input, grants);
  }

  opened(token: string, options: { list?: string; limit?: number; grants?: readonly Grant[] } = {}): Promise<Drilled['items']> {
    return allPages((query, input) => this.ask<Drilled>(query, input, options.grants), token, options);
  }

  /** Every line, and every sum that is not zero, in words and in an order of its own. */
  async dump(schema = this.schema): Promise<{ lines: string[]; sums: string[] }> {
    const texts = async (text: string): Promise<string[]> => (await this.db.query<{ line: string }>(text)).rows.map(({ line }) => line).sort();
    const word = (column: string): string => `(select word from ${schema}.words w where w.id = t.${column})`;
    const sums = (table: string, valid: string, cohort: string): string => `select concat_ws('|', '${table}', ${word('measure')}, ${word('village')}, ${valid}, ${cohort}, delta) as line from ${schema}.${table} t where delta <> 0`;
    return {
      lines: await texts(`select concat_ws('|', ${word('measure')}, ${word('grp')}, ${word('village')}, subject, cohort, valid_on, rec, delta) as line from ${schema}.lines t`),
      sums: [...(await texts(sums('days', 'valid_on', 'cohort'))), ...(await texts(sums('months', 'valid_in', 'cohort_in')))],
    };
  }

  async close(): Promise<void> {
    await this.host.close();
    await this.db.close();
  }
}
