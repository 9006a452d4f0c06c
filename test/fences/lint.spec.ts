import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Files, plantedTree } from './planted-tree.js';

const lines = (n: number, line: (i: number) => string): string => Array.from({ length: n }, (_, i) => line(i)).join('\n');

/** For every rule a file that breaks it: what it is → rule, path, source. */
const PLANTED: Readonly<Record<string, readonly [rule: string, path: string, source: string]>> = {
  'a file of 201 lines': ['max-lines', 'libs/standards/src/long.ts', lines(201, (i) => `export const a${i} = ${i};`)],
  'a function of 51 lines': ['max-lines-per-function', 'libs/standards/src/long-function.ts', `export const f = (n: number[]): void => {\n${lines(49, (i) => `  n.push(${i});`)}\n};`],
  'a function of complexity 9': ['complexity', 'libs/standards/src/complex.ts', `export const f = (n: number): number => (${lines(8, (i) => `n === ${i} ? ${i} :`)} n);`],
  'blocks four deep': ['max-depth', 'libs/standards/src/deep.ts', 'export const f = (a: boolean): void => { if (a) { if (!a) { while (a) { if (a) { throw a; } } } } };'],
  'five parameters': ['max-params', 'libs/standards/src/wide.ts', 'export const f = (a: 1, b: 1, c: 1, d: 1, e: 1): 1[] => [a, b, c, d, e];'],
  any: ['@typescript-eslint/no-explicit-any', 'libs/standards/src/any.ts', 'export const f = (a: any): unknown => a;'],
  'a promise nobody waits for': ['@typescript-eslint/no-floating-promises', 'libs/standards/src/floating.ts', 'export const f = (a: Promise<void>): void => { a; };'],
  'a word on the console': ['no-console', 'libs/standards/src/console.ts', 'console.log(1);'],
  'the environment in a service': ['no-restricted-properties', 'apps/farmer/src/environment.ts', 'export const port = process.env.PORT;'],
  'the environment taken apart': ['no-restricted-properties', 'libs/messaging/src/environment.ts', 'export const { env } = process;'],
  'the environment by import': ['no-restricted-imports', 'libs/event-store/src/environment.ts', "export { env } from 'node:process';"],
  'the environment in a test of a port': ['no-restricted-properties', 'libs/postgres/src/environment.contract.ts', "export const url = process.env['DATABASE_URL'];"],
  'a clock in a service': ['no-restricted-properties', 'apps/farmer/src/clock.ts', 'export const now = (): number => Date.now();'],
  'a new date in a service': ['no-restricted-syntax', 'apps/farmer/src/date.ts', 'export const now = (): Date => new Date();'],
  'chance in a service': ['no-restricted-properties', 'apps/star/src/chance.ts', 'export const id = (): number => Math.random();'],
  'a random id in a service': ['no-restricted-properties', 'apps/star/src/id.ts', 'export const id = (): string => crypto.randomUUID();'],
  'a random id by import': ['no-restricted-imports', 'apps/star/src/id-imported.ts', "import { randomUUID } from 'node:crypto';\nexport const id = randomUUID;"],
  'a clock in a pure library': ['no-restricted-properties', 'libs/decider/src/clock.ts', 'export const now = (): number => performance.now();'],
};
/** What looks alike and is allowed. */
const ALLOWED: Files = {
  'libs/service-kit/src/environment.ts': 'export const port = process.env.PORT;',
  'libs/event-store/src/clock.ts': 'export const now = (): number => Date.now();',
  'apps/farmer/src/day.ts': "export const day = (ms: number): string => new Date(ms).toISOString();\nexport { createHash } from 'node:crypto';",
  'libs/standards/src/short.ts': lines(200, (i) => `export const a${i} = ${i};`),
};

interface Linted {
  readonly filePath: string;
  readonly messages: readonly { ruleId: string | null }[];
}

describe('The lint rules', () => {
  let broken: Map<string, (string | null)[]>;
  let root = '';
  beforeAll(() => {
    root = plantedTree(ALLOWED, Object.fromEntries(Object.values(PLANTED).map(([, path, source]) => [path, source])));
    const run = spawnSync(join(process.cwd(), 'node_modules/.bin/eslint'), ['-c', 'test/fences/eslint.config.mjs', '--format', 'json', 'apps', 'libs'], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
    const linted = JSON.parse(run.stdout) as Linted[];
    broken = new Map(linted.map(({ filePath, messages }) => [filePath.slice(root.length + 1), messages.map(({ ruleId }) => ruleId)]));
  }, 60_000);
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  test.each(Object.entries(PLANTED))('%s is caught', (_, [rule, path]) => expect(broken.get(path)).toContain(rule));
  test.each(Object.keys(ALLOWED))('%s is fine', (path) => expect(broken.get(path)).toEqual([]));
});

describe('Dead code', () => {
  test('is told: a file nobody imports, a name nobody uses', () => {
    const root = plantedTree({
      'libs/standards/src/index.ts': "export { used } from './partly.js';",
      'libs/standards/src/partly.ts': 'export const used = 1;\nexport const unused = 2;',
      'libs/standards/src/forgotten.ts': 'export const forgotten = 1;',
    });
    const run = spawnSync(join(process.cwd(), 'node_modules/.bin/knip'), ['--config', 'test/fences/knip.json', '--no-progress', '--include', 'files,exports'], { cwd: root, encoding: 'utf8' });
    expect(run.status).toBe(1);
    expect(run.stdout).toContain('libs/standards/src/forgotten.ts');
    expect(run.stdout).toMatch(/unused\s.*libs\/standards\/src\/partly\.ts/);
    expect(run.stdout).not.toMatch(/\bused\s.*libs\/standards\/src\/partly\.ts/);
    rmSync(root, { recursive: true, force: true });
  }, 60_000);
});
