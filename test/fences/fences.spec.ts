import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Files, plantedTree } from './planted-tree.js';

const rules = createRequire(import.meta.url)(join(process.cwd(), 'test/fences/dependency-cruiser.cjs')) as { forbidden: { name: string }[] };

/** For every rule one file that breaks it and nothing else: path → source. */
const PLANTED: Record<string, Files> = {
  'no-circle': { 'libs/standards/src/a.ts': "export * from './b.js';", 'libs/standards/src/b.ts': "export * from './a.js';" },
  'contracts-imports-nothing': { 'libs/contracts/src/plant.ts': "export * from '#decider';" },
  'decider-imports-nothing': { 'libs/decider/src/plant.ts': "export * from '#standards';" },
  'standards-imports-nothing': { 'libs/standards/src/plant.ts': "export * from '#decider';" },
  'postgres-imports-decider': { 'libs/postgres/src/plant.ts': "export * from '#contracts';" },
  'event-store-imports-decider-postgres': { 'libs/event-store/src/plant.ts': "export * from '#contracts';" },
  'messaging-imports-event-store-postgres-decider': { 'libs/messaging/src/plant.ts': "export * from '#auth';" },
  'auth-imports-contracts': { 'libs/auth/src/plant.ts': "export * from '#decider';" },
  'workbook-imports-standards-decider': { 'libs/workbook/src/plant.ts': "export * from '#contracts';" },
  'workbook-imports-decider-standards': { 'libs/workbook/src/plant.ts': "export * from '#contracts';" },
  'lib-never-imports-app': { 'libs/service-kit/src/plant.ts': "export * from '../../../apps/farmer/src/service.js';" },
  'lib-by-its-door': { 'apps/farmer/src/plant.ts': "export * from '../../../libs/contracts/src/event.js';" },
  'app-never-imports-app': { 'apps/star/src/plant.ts': "export * from '../../farmer/src/service.js';" },
  'platform-imports-manifests': { 'apps/platform/src/plant.ts': "export * from '../../farmer/src/plant.js';" },
  'framework-in-its-place': { 'apps/farmer/src/plant-framework.ts': "export * from '@nestjs/common';" },
  'decisions-stay-pure': { 'libs/contracts/src/plant-io.ts': "export * from 'node:fs';" },
  'no-test-in-product': { 'apps/farmer/src/plant-test.ts': "export * from '../../../test/plant.js';" },
};

const DOORS = ['contracts', 'decider', 'standards', 'postgres', 'event-store', 'messaging', 'auth', 'workbook', 'service-kit'];

const standing = (): Files => ({
  ...Object.fromEntries(DOORS.flatMap((lib) => [[`libs/${lib}/src/index.ts`, 'export const door = 1;'], [`libs/${lib}/src/inner.ts`, 'export const inner = 1;']])),
  'libs/contracts/src/event.ts': 'export const event = 1;',
  'apps/farmer/src/service.ts': 'export const farmer = 1;',
  'test/plant.ts': 'export const planted = 1;',
});

interface Violation {
  rule: { name: string };
  from: string;
}

describe('The import fences', () => {
  let violations: Violation[] = [];
  let root = '';
  beforeAll(() => {
    root = plantedTree(standing(), ...Object.values(PLANTED));
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
