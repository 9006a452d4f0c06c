import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const here = join(process.cwd(), 'test', 'fences');
const rules = createRequire(import.meta.url)(join(here, 'dependency-cruiser.cjs')) as { forbidden: { name: string }[] };

/** For every rule one file that breaks it and nothing else: path → source. */
const PLANTED: Record<string, Record<string, string>> = {
  'no-circle': { 'libs/standards/src/a.ts': "export * from './b.js';", 'libs/standards/src/b.ts': "export * from './a.js';" },
  'contracts-imports-nothing': { 'libs/contracts/src/plant.ts': "export * from '#decider';" },
  'decider-imports-nothing': { 'libs/decider/src/plant.ts': "export * from '#standards';" },
  'standards-imports-nothing': { 'libs/standards/src/plant.ts': "export * from '#decider';" },
  'postgres-imports-decider': { 'libs/postgres/src/plant.ts': "export * from '#contracts';" },
  'event-store-imports-decider-postgres': { 'libs/event-store/src/plant.ts': "export * from '#contracts';" },
  'messaging-imports-event-store-postgres-decider': { 'libs/messaging/src/plant.ts': "export * from '#auth';" },
  'auth-imports-contracts': { 'libs/auth/src/plant.ts': "export * from '#decider';" },
  'workbook-imports-standards-decider': { 'libs/workbook/src/plant.ts': "export * from '#contracts';" },
  'lib-by-its-door': { 'apps/farmer/src/plant.ts': "export * from '../../../libs/contracts/src/event.js';" },
  'app-never-imports-app': { 'apps/star/src/plant.ts': "export * from '../../farmer/src/service.js';" },
  'platform-imports-manifests': { 'apps/platform/src/plant.ts': "export * from '../../farmer/src/plant.js';" },
  'framework-in-its-place': { 'apps/farmer/src/plant-framework.ts': "export * from '@nestjs/common';" },
  'decisions-stay-pure': { 'libs/contracts/src/plant-io.ts': "export * from 'node:fs';" },
  'no-test-in-product': { 'apps/farmer/src/plant-test.ts': "export * from '../../../test/plant.js';" },
};

const DOORS = ['contracts', 'decider', 'standards', 'postgres', 'event-store', 'messaging', 'auth', 'workbook', 'service-kit'];

const plant = (root: string, files: Record<string, string>) => {
  for (const [path, source] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), source);
  }
};

const plantedTree = () => {
  const root = mkdtempSync(join(tmpdir(), 'fences-'));
  cpSync('tsconfig.json', join(root, 'tsconfig.json'));
  cpSync('package.json', join(root, 'package.json'));
  cpSync(here, join(root, 'test', 'fences'), { recursive: true });
  symlinkSync(join(process.cwd(), 'node_modules'), join(root, 'node_modules'));
  for (const lib of DOORS) plant(root, { [`libs/${lib}/src/index.ts`]: 'export const door = 1;', [`libs/${lib}/src/inner.ts`]: 'export const inner = 1;' });
  plant(root, { 'libs/contracts/src/event.ts': 'export const event = 1;', 'apps/farmer/src/service.ts': 'export const farmer = 1;', 'test/plant.ts': 'export const planted = 1;' });
  for (const files of Object.values(PLANTED)) plant(root, files);
  return root;
};

interface Violation {
  rule: { name: string };
  from: string;
}

describe('The import fences', () => {
  let violations: Violation[] = [];
  let root = '';
  beforeAll(() => {
    root = plantedTree();
    const cruise = join(process.cwd(), 'node_modules', '.bin', 'depcruise');
    const run = spawnSync(cruise, ['--config', 'test/fences/dependency-cruiser.cjs', '--output-type', 'json', 'apps', 'libs'], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
    violations = (JSON.parse(run.stdout) as { summary: { violations: Violation[] } }).summary.violations;
  }, 60_000);
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  test('there is a planted violation for every rule', () => {
    expect(Object.keys(PLANTED).sort()).toEqual(rules.forbidden.map((rule) => rule.name).sort());
  });

  test.each(Object.entries(PLANTED))('%s catches its violation', (rule, files) => {
    const caught = violations.filter((violation) => violation.rule.name === rule).map((violation) => violation.from);
    expect(caught).toEqual(expect.arrayContaining([Object.keys(files)[0]]));
  });
});
