import { spawn } from 'node:child_process';
import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '#deploy/kafka/broker.mjs';
import { plantedTree } from './fences/planted-tree.js';
import { until } from './infra/until.js';

const nest = join(process.cwd(), 'node_modules/.bin/nest');
/** 0 while nobody answers. */
const statusOf = (url: string): Promise<number> => fetch(url).then((response) => response.status, () => 0);

describe('The Nest CLI', () => {
  let root = '';
  beforeAll(() => {
    root = plantedTree();
    for (const name of ['nest-cli.json', 'apps', 'libs', 'test', 'deploy']) cpSync(name, join(root, name), { recursive: true });
  });
  afterAll(() => rmSync(root, { recursive: true, force: true, maxRetries: 20 }));

  test('builds a service with the data it reads, starts it, and it answers as ready', async () => {
    const port = await freePort();
    const child = spawn(nest, ['start', 'farmer'], { cwd: root, detached: true, stdio: 'ignore', env: { ...process.env, PORT: String(port), DATA_DIR: join(root, '.data') } });
    const url = `http://127.0.0.1:${port}/health/ready`;
    await until('it is ready, or has ended', async () => child.exitCode !== null || (await statusOf(url)) === 200, 280_000, { every: 200 });
    expect(child.exitCode).toBeNull();
    expect(['apps/farmer/src/main.js', 'apps/farmer/data/villages-2021-10-31.csv', 'apps/star/data/thriving-industry-2022.json', 'libs/auth/src/index.js'].filter((file) => !existsSync(join(root, 'dist', file)))).toEqual([]);
    process.kill(-(child.pid ?? 0), 'SIGTERM');
    await until('it is gone', async () => (await statusOf(url)) === 0);
  }, 300_000);
});
