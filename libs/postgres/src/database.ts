import type { Sql } from '#decider';
import pg from 'pg';
import { copyRows, type Row } from './copy.js';
import { listenOn } from './listen.js';

/** A transaction: ordinary statements, and COPY for many rows at once. */
export interface Tx extends Sql {
  /** COPY … FROM STDIN; null becomes NULL, everything else its text form (Date as ISO, objects as JSON). */
  copy(table: string, columns: readonly string[], rows: Iterable<Row>): Promise<void>;
}

/** One connection held by its owner: session locks, prepared statements, ordered work. */
export interface Session extends Tx {
  /** Fires when the server or the network ends the connection. */
  onLost(listener: () => void): void;
  close(): Promise<void>;
}

export interface Database extends Sql {
  readonly url: string;
  /** Commits when `work` resolves, rolls back when it rejects. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  connect(): Promise<Session>;
  /** Calls back on NOTIFY and after every reconnection, as notices may have been missed; answers with the way to stop. */
  listen(channel: string, onNotify: (payload: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** Connections at most, 10 unless told. */
  max?: number;
  /** Shown in pg_stat_activity. */
  name?: string;
}

// Positions and counts stay far below 2^53.
pg.types.setTypeParser(20, Number);
// A business date is a calendar day, never an instant.
pg.types.setTypeParser(1082, String);

const named = new Map<string, string>();
/** A statement is prepared once a connection: planning costs more than running for most of ours. */
const nameOf = (text: string): string => {
  let name = named.get(text);
  if (!name) named.set(text, (name = `q${named.size + 1}`));
  return name;
};

const queryOn = (client: pg.ClientBase | pg.Pool) => async <Row>(text: string, values?: readonly unknown[], planned?: 'for-values') => {
  const name = planned === 'for-values' ? undefined : nameOf(text);
  const result = values ? await client.query({ name, text, values: values as unknown[] }) : await client.query(text);
  return { rows: (result.rows ?? []) as Row[], rowCount: result.rowCount };
};

const txOn = (client: pg.ClientBase): Tx => ({ query: queryOn(client), copy: (table, columns, rows) => copyRows(client, { table, columns, rows }) });

const transact = async <T>(pool: pg.Pool, work: (tx: Tx) => Promise<T>): Promise<T> => {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await work(txOn(client));
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((lost: Error) => (broken = lost));
    throw error;
  } finally {
    client.release(broken);
  }
};

const sessionOn = (client: pg.Client): Session => {
  const listeners: (() => void)[] = [];
  let lost = false;
  const lose = () => {
    if (!lost) for (const listener of listeners) listener();
    lost = true;
  };
  client.on('error', lose);
  client.on('end', lose);
  return { ...txOn(client), onLost: (listener) => void (lost ? listener() : listeners.push(listener)), close: () => client.end().catch(() => undefined) };
};

export const openDatabase = (url: string, { max = 10, name = 'shuangbang' }: DatabaseOptions = {}): Database => {
  const pool = new pg.Pool({ connectionString: url, max, application_name: name });
  // An idle connection that dies is replaced at the next use; without a listener it would end the process.
  pool.on('error', () => undefined);
  // The pool listens only while a client is idle: one that dies inside a transaction fails its statement, not the process.
  pool.on('connect', (client) => void client.on('error', () => undefined));
  let closed: Promise<void> | undefined;
  return {
    url,
    query: queryOn(pool),
    transaction: (work) => transact(pool, work),
    connect: async () => {
      const client = new pg.Client({ connectionString: url, application_name: name });
      const session = sessionOn(client);
      await client.connect();
      return session;
    },
    listen: (channel, onNotify) => listenOn(url, channel, onNotify),
    close: () => (closed ??= pool.end()),
  };
};
