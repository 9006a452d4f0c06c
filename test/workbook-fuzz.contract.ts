import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LIMITS } from '../libs/workbook/src/read/source.js';
import { writeParts } from '../libs/workbook/src/read/testing.js';
import { openZip } from '../libs/workbook/src/read/xlsx/zip.js';
import { surroundingsOf } from '../apps/cooperative/src/roster/judge-roster.js';
import { outcomeOf } from '../apps/cooperative/src/roster/told-rows.js';

const MESSY = join(process.cwd(), 'test', 'rosters', 'messy-roster.xlsx');
const EACH = 40;
const around = surroundingsOf({ file: MESSY, today: '2022-07-18', allowTestIds: true }, '测试01合作社');
const folder = mkdtempSync(join(tmpdir(), 'workbook-fuzz-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const partsOf = async (path: string): Promise<Record<string, string>> => {
  const zip = await openZip(path, LIMITS);
  const parts: Record<string, string> = {};
  for (const name of zip.names()) {
    const pieces: Buffer[] = [];
    for await (const piece of zip.pieces(name)) pieces.push(piece);
    parts[name] = Buffer.concat(pieces).toString('utf8');
  }
  zip.close();
  return parts;
};

const SNIPPETS = ['<', '>', '"', '&', '</row>', '<row r="1">', '<c r="ZZZ9">', '<v>', 't="s"', '<![CDATA[', ']]>', '<!--', 'r="0"', '999999999999', '-1', '\u0000', '<mergeCell ref="A1:XFD1048576"/>', 'NaN', '<f/>', 's="99"'];
/** A part with pieces taken out, put twice or put in, at places that follow from the seed. */
const mutated = (text: string, seed: number): string => {
  let changed = text;
  for (let i = 1; i <= 1 + (seed % 4); i += 1) {
    const at = (seed * 7919 * i) % (changed.length + 1);
    const snippet = SNIPPETS[(seed * i) % SNIPPETS.length] as string;
    const to = Math.min(changed.length, at + ((seed * 31 * i) % 60));
    changed = seed % 3 === 0 ? changed.slice(0, at) + changed.slice(to) : changed.slice(0, at) + snippet + changed.slice(seed % 2 ? at : to);
  }
  return changed;
};

describe('A workbook whose parts are changed within is read or refused, never a crash and never a hang', () => {
  test.each(['xl/worksheets/sheet1.xml', 'xl/sharedstrings.xml', 'xl/workbook.xml', 'xl/styles.xml', 'xl/_rels/workbook.xml.rels', '_rels/.rels'])('%s', async (name) => {
    const parts = await partsOf(MESSY);
    const outcomes = new Set<string>();
    for (let seed = 1; seed <= EACH; seed += 1) outcomes.add(await outcomeOf(await writeParts(join(folder, 'x.xlsx'), { ...parts, [name]: mutated(parts[name] ?? '', seed) }), around));
    expect(outcomes.size).toBeGreaterThan(1);
  }, 120_000);
});
