import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judgeTable, openBook, openTable, Unreadable } from '#workbook';
import { memberRoster } from './member-roster.sheet.js';
import { surroundings } from './told-rows.js';

const ROSTERS = join(process.cwd(), 'test', 'rosters');
const FILES = ['messy-roster.xlsx', 'xlsxwriter-1904-inline.xlsx', 'libreoffice.xlsx', 'libreoffice.xls', 'system-export.xls', 'gb18030.csv', 'unicode-text.txt', 'utf8-bom.csv'];
const EACH = 60;
const around = surroundings();
const folder = mkdtempSync(join(tmpdir(), 'fuzz-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The same numbers for the same seed (mulberry32). */
const random = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
};

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

const outcome = async (file: string): Promise<string> => {
  try {
    const book = await openBook(file);
    try {
      return `${[...(await judgeTable(await openTable(book, memberRoster), memberRoster, around)).verdicts].length}`;
    } finally {
      book.close();
    }
  } catch (error) {
    if (error instanceof Unreadable) return error.code;
    throw error;
  }
};

describe('A file changed at random is read or refused, never a crash and never a hang', () => {
  test.each(FILES)('%s', async (name) => {
    const outcomes = new Set<string>();
    for (let seed = 1; seed <= EACH; seed += 1) {
      const pick = random(seed * 7919);
      const mutate = mutations[seed % mutations.length] as (typeof mutations)[number];
      const file = join(folder, `${seed}-${name}`);
      writeFileSync(file, mutate(Buffer.from(readFileSync(join(ROSTERS, name))), pick));
      outcomes.add(await outcome(file));
    }
    expect(outcomes.size).toBeGreaterThan(1);
  }, 120_000);
});
