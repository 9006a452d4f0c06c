import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const MAY = /^(#(contracts|decider|standards)|class-validator|class-transformer)$/;
const IMPORT = /\bfrom\s+'([^']+)'|\bimport\(\s*'([^']+)'|^import\s+'([^']+)'/gm;

/** Data that come with a service, read once when it is loaded. */
const SHIPPED = ['apps/star/src/sheet/default-sheet.ts'];

const onDisk = (path: string): string => readFileSync(path, 'utf8');
const isDecision = (source: string): boolean => /\bdefine(Command|Stream)\b\s*[<(]/.test(source);

const targetsOf = (source: string): string[] => [...source.matchAll(IMPORT)].map(([, from, dynamic, bare]) => from ?? dynamic ?? bare ?? '');

/**
 * Decisions are the files that define a stream or a command, with every file of the service they lean on, however far.
 * Answers `file → import` for each import beyond contracts, decider and standards.
 */
const beyond = (starts: readonly string[], read: (path: string) => string): string[] => {
  const seen = new Set<string>();
  const strange: string[] = [];
  const visit = (path: string): void => {
    if (seen.has(path) || SHIPPED.includes(path)) return;
    seen.add(path);
    for (const target of targetsOf(read(path))) {
      if (target.startsWith('.')) visit(join(dirname(path), target).replace(/\.js$/, '.ts'));
      else if (!MAY.test(target)) strange.push(`${path} → ${target}`);
    }
  };
  starts.forEach(visit);
  return strange;
};

describe('Decisions', () => {
  const starts = globSync('apps/*/src/**/*.ts').filter((path) => !/\.(spec|contract)\.ts$/.test(path) && isDecision(onDisk(path)));

  test('there are some', () => expect(starts.length).toBeGreaterThan(80));
  test('reach nothing but contracts, decider and standards, however far they are followed', () => expect(beyond(starts, onDisk)).toEqual([]));

  const planted: Readonly<Record<string, string>> = {
    'apps/a/src/bind.ts': "import { defineCommand } from '#decider';\nimport { found } from './found.js';\nimport type { Row } from './members.view.js';\ndefineCommand({});",
    'apps/a/src/found.ts': "import { readFileSync } from 'node:fs';\nimport 'reflect-metadata';",
    'apps/a/src/members.view.ts': "import type { Tx } from '#postgres';\nconst later = import('#messaging');",
  };
  test('a planted one is caught, over another file and over a type too', () =>
    expect(beyond(['apps/a/src/bind.ts'], (path) => planted[path] ?? '').sort()).toEqual([
      'apps/a/src/found.ts → node:fs', 'apps/a/src/found.ts → reflect-metadata', 'apps/a/src/members.view.ts → #messaging', 'apps/a/src/members.view.ts → #postgres',
    ]));
});
