import { spawn } from 'node:child_process';
import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '#deploy/kafka/broker.mjs';
import { plantedTree } from './fences/planted-tree.js';

const nest = join(process.cwd(), 'node_modules/.bin/nest');
/** Asks until that status comes (0: nobody answers), or there is nobody to wait for. */
const until = async (url: string, wanted: number, still: () => boolean): Promise<boolean> => {
  while (still()) {
    if ((await fetch(url).then((response) => response.status, () => 0)) === wanted) return true;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return false;
};

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
    expect(await until(url, 200, () => child.exitCode === null)).toBe(true);
    expect(['apps/farmer/src/main.js', 'apps/farmer/data/villages-2021-10-31.csv', 'apps/star/data/thriving-industry-2022.json', 'libs/auth/src/index.js'].filter((file) => !existsSync(join(root, 'dist', file)))).toEqual([]);
    process.kill(-(child.pid ?? 0), 'SIGTERM');
    expect(await until(url, 0, () => true)).toBe(true);
  }, 300_000);
});
