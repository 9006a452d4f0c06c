import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { ensureDatabase, startEmbedded } from '#postgres';
import { type Containers, containersFor } from './containers.js';
import { dataDirectory } from './data-directory.js';

export interface TestServer {
  /** A database of its own on the server. */
  database(name?: string): Promise<string>;
  /** The server's own database, for services that make theirs. */
  readonly url: string;
  /** Immediate shutdown and start again on the same data and port; only a local server can. */
  crash?(): Promise<void>;
  stop(): Promise<void>;
}

const IMAGE = 'postgres:18';
const say = (line: string): void => void process.stderr.write(`PostgreSQL: ${line}\n`);

const over = (url: string, stop: () => Promise<void>): TestServer => ({
  url,
  database: (name = `t_${randomBytes(6).toString('hex')}`) => ensureDatabase(url, name),
  stop,
});

const container = async ({ GenericContainer, Wait }: NonNullable<Containers['library']>): Promise<TestServer> => {
  const started = await new GenericContainer(IMAGE).withEnvironment({ POSTGRES_PASSWORD: 'test' }).withExposedPorts(5432).withWaitStrategy(Wait.forLogMessage(/ready to accept connections/, 2)).start();
  return over(`postgres://postgres:test@${started.getHost()}:${started.getMappedPort(5432)}/postgres`, () => started.stop().then(() => undefined));
};

const local = async (): Promise<TestServer> => {
  const dir = dataDirectory('shuangbang-test');
  let server = await startEmbedded({ dir });
  const url = server.url();
  const port = Number(new URL(url).port);
  return {
    ...over(url, async () => {
      // At once: a checkpoint of data that are thrown away takes seconds.
      process.kill(server.pid, 'SIGQUIT');
      await server.stop();
      rmSync(dir, { recursive: true, force: true });
    }),
    crash: async () => {
      process.kill(server.pid, 'SIGQUIT');
      await server.stop();
      server = await startEmbedded({ dir, port });
    },
  };
};

/** A server for the tests of one file: the address in TEST_DATABASE_URL, else a container, else a local process. */
export const testServer = async (): Promise<TestServer> => {
  const given = process.env.TEST_DATABASE_URL;
  if (given) {
    say('the one in TEST_DATABASE_URL');
    return over(given, () => Promise.resolve());
  }
  const { library, why } = await containersFor(IMAGE);
  say(library ? `a container, as ${why}` : `a local process, as there is no TEST_DATABASE_URL and ${why}`);
  return library ? container(library) : local();
};
