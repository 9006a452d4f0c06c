import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { findBinaries, type Binaries } from './embedded-binaries.js';
import { giveTo, homeFor, serverUser, type ServerUser } from './embedded-user.js';
import { alive, claimFor, freePort, releaseFrom, stopOrphan } from './embedded-process.js';
import { ensureDatabase } from './migrate.js';

export interface EmbeddedOptions {
  /** Where the data live; kept between starts. */
  dir: string;
  /** A free one unless given. */
  port?: number;
  log?: (line: string) => void;
  /** Further server settings, `name=value`. */
  settings?: readonly string[];
}

export interface Embedded {
  /** Connection string of a database on this server (`postgres` unless named). */
  url(database?: string): string;
  ensureDatabase(name: string): Promise<string>;
  readonly pid: number;
  /** Fast shutdown: open transactions are rolled back, everything committed is on disk. */
  stop(): Promise<void>;
}

interface Home {
  /** Holds `data`, the password and the log. */
  root: string;
  data: string;
  password: string;
  user: ServerUser;
  binaries: Binaries;
}

/** Pages the server keeps itself: a sixteenth of the machine, as far as that helps. Taken only as they fill. */
const PAGES_MB = Math.round(Math.min(1024, Math.max(128, totalmem() / 2 ** 24)));
const SETTINGS = ['listen_addresses=127.0.0.1', 'max_connections=200', `shared_buffers=${PAGES_MB}MB`, 'max_wal_size=2GB', 'jit=off', 'timezone=UTC'];

/**
 * Starts PostgreSQL from the binaries that come with npm, as an ordinary user even when this process is root. A server left
 * behind by a dead process is stopped first; one whose owner lives is refused.
 */
export const startEmbedded = async (options: EmbeddedOptions): Promise<Embedded> => {
  mkdirSync(options.dir, { recursive: true });
  const user = serverUser();
  const root = homeFor(options.dir, user);
  claimFor(root, options.dir);
  try {
    return await startIn(prepare(root, user), options);
  } catch (error) {
    releaseFrom(root);
    throw error;
  }
};

const startIn = async (home: Home, options: EmbeddedOptions): Promise<Embedded> => {
  await stopOrphan(home.data);
  if (!existsSync(join(home.data, 'PG_VERSION'))) await initialise(home);
  const port = options.port ?? (await freePort());
  const child = serve(home, port, options.settings ?? []);
  const url = (database = 'postgres') => `postgres://postgres:${home.password}@127.0.0.1:${port}/${database}`;
  await ready(url(), child, { log: join(home.root, 'server.log'), port });
  options.log?.(`PostgreSQL ready on port ${port}, data in ${home.data}`);
  const onExit = () => child.kill('SIGINT');
  process.once('exit', onExit);
  return {
    url,
    ensureDatabase: (name) => ensureDatabase(url(), name),
    pid: child.pid ?? 0,
    stop: async () => {
      process.off('exit', onExit);
      await end(child);
      releaseFrom(home.root);
    },
  };
};

const prepare = (root: string, user: ServerUser): Home => {
  const secret = join(root, 'password');
  if (!existsSync(secret)) writeFileSync(secret, randomBytes(18).toString('hex'), { mode: 0o600 });
  giveTo(user, root, secret);
  return { root, data: join(root, 'data'), password: readFileSync(secret, 'utf8'), user, binaries: findBinaries(user) };
};

const initialise = async ({ root, data, user, binaries }: Home): Promise<void> => {
  // Made beside its place and moved there whole: a first start that was interrupted leaves nothing that looks like data.
  const fresh = `${data}.new`;
  rmSync(fresh, { recursive: true, force: true });
  const args = ['-D', fresh, '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${join(root, 'password')}`, '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'];
  const output = openSync(join(root, 'initdb.log'), 'w');
  const child = spawn(binaries.initdb, args, { ...user, cwd: root, stdio: ['ignore', output, output] });
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('exit', resolve));
  closeSync(output);
  if (code !== 0) throw new Error(`initdb failed:\n${readFileSync(join(root, 'initdb.log'), 'utf8')}`);
  renameSync(fresh, data);
};

const serve = ({ root, data, user, binaries }: Home, port: number, more: readonly string[]): ChildProcess => {
  const log = openSync(join(root, 'server.log'), 'a');
  const settings = [...SETTINGS, `unix_socket_directories=`, ...more].flatMap((setting) => ['-c', setting]);
  // A group of its own: Ctrl-C in the terminal must reach this process first, which then stops the server last.
  const child = spawn(binaries.postgres, ['-D', data, '-p', String(port), ...settings], { ...user, cwd: root, detached: true, stdio: ['ignore', log, log] });
  child.on('error', () => undefined);
  child.unref();
  closeSync(log);
  return child;
};

const READY_MS = 60_000;
/** Why a server ended at once; a port in use is said in a word, as it is the one thing its caller can mend. */
const whyNot = ({ log, port }: { log: string; port: number }): string => {
  const told = readFileSync(log, 'utf8').slice(-2000);
  if (/could not bind[^\n]*Address already in use[^]*\n[^\n]*could not create any TCP\/IP sockets\n[^]{0,200}$/.test(told)) return `port ${port} is in use by another program: choose another port`;
  return `PostgreSQL did not start:\n${told}`;
};

const ready = async (url: string, child: ChildProcess, where: { log: string; port: number }): Promise<void> => {
  const until = Date.now() + READY_MS;
  for (;;) {
    if (child.exitCode !== null || child.pid === undefined) throw new Error(whyNot(where));
    // Whatever else may listen on the port takes the connection and never says a word.
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
    client.on('error', () => undefined);
    const error = await client.connect().then(() => null, (failure: Error) => failure);
    await client.end().catch(() => undefined);
    if (!error) return;
    if (Date.now() > until) throw new Error(`PostgreSQL did not answer within ${READY_MS / 1000} s: ${error.message}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
};

const end = async (child: ChildProcess): Promise<void> => {
  child.kill('SIGINT');
  while (child.exitCode === null && child.signalCode === null && alive(child.pid ?? 0)) await new Promise((resolve) => setTimeout(resolve, 20));
};
