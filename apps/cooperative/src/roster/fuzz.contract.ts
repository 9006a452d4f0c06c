import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dice } from '../../../../test/infra/dice.js';
import { outcomeOf, surroundings } from './told-rows.js';

const ROSTERS = join(process.cwd(), 'test', 'rosters');
const FILES = ['messy-roster.xlsx', 'xlsxwriter-1904-inline.xlsx', 'libreoffice.xlsx', 'libreoffice.xls', 'system-export.xls', 'gb18030.csv', 'unicode-text.txt', 'utf8-bom.csv'];
const EACH = 60;
const around = surroundings();
const folder = mkdtempSync(join(tmpdir(), 'fuzz-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const mutations: readonly ((bytes: Buffer, pick: (below: number) => number) => Buffer)[] = [
  (bytes, pick) => {
    for (let i = 0; i <= pick(20); i += 1) bytes[pick(bytes.length)] = pick(256);
    return bytes;
  },
  (bytes, pick) => bytes.subarray(0, pick(bytes.length)),
  (bytes, pick) => Buffer.concat([bytes.subarray(0, pick(bytes.length)), bytes.subarray(pick(bytes.length))]),
  (bytes, pick) => Buffer.concat([bytes, bytes.subarray(pick(bytes.length))]),
  (bytes, pick) => bytes.fill(pick(2) * 255, pick(bytes.length), Math.min(bytes.length, pick(bytes.length) + 40)),
];

describe('A file changed at random is read or refused, never a crash and never a hang', () => {
  test.each(FILES)('%s', async (name) => {
    const outcomes = new Set<string>();
    for (let seed = 1; seed <= EACH; seed += 1) {
      const pick = dice(seed * 7919);
      const mutate = mutations[seed % mutations.length] as (typeof mutations)[number];
      const file = join(folder, `${seed}-${name}`);
      writeFileSync(file, mutate(Buffer.from(readFileSync(join(ROSTERS, name))), pick));
      outcomes.add(await outcomeOf(file, around));
    }
    expect(outcomes.size).toBeGreaterThan(1);
  }, 120_000);
});
