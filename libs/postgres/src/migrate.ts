import pg from 'pg';
import { DataSource, type MigrationInterface } from 'typeorm';

export type MigrationClass = new () => MigrationInterface;

/** Any two processes that start at once take turns. */
const LOCK = 7_360_001;

/**
 * Brings a database up to date with hand-written SQL; never `synchronize`. `table` keeps the books of one owner, so that
 * several owners (event store, views, a service) live in one database.
 */
export const migrate = async (url: string, migrations: readonly MigrationClass[], { table = 'migrations' }: { table?: string } = {}): Promise<void> => {
  const gate = new pg.Client({ connectionString: url, application_name: 'migrate' });
  await gate.connect();
  try {
    await gate.query('select pg_advisory_lock($1)', [LOCK]);
    const source = new DataSource({ type: 'postgres', url, migrations: [...migrations], migrationsTableName: table, synchronize: false, logging: false });
    await source.initialize();
    try {
      await source.runMigrations({ transaction: 'each' });
    } finally {
      await source.destroy();
    }
  } finally {
    await gate.end();
  }
};

/** Creates a database when it is missing, and answers with its url. */
export const ensureDatabase = async (serverUrl: string, name: string): Promise<string> => {
  const client = new pg.Client({ connectionString: serverUrl, application_name: 'ensure-database' });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (!rowCount) await create(client, name);
  } finally {
    await client.end();
  }
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.toString();
};

const ALREADY_THERE = new Set(['42P04', '23505']);
const create = async (client: pg.Client, name: string): Promise<void> => {
  try {
    await client.query(`create database ${pg.escapeIdentifier(name)} template template0 encoding 'UTF8'`);
  } catch (error) {
    // Another process was faster.
    if (!ALREADY_THERE.has((error as { code?: string }).code ?? '')) throw error;
  }
};
