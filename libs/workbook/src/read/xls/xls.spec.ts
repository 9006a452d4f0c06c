import CFB from 'cfb';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RawRow } from '../source.js';
import { openBook } from '../open.js';

const WRITTEN = join(process.cwd(), 'test', 'rosters', 'libreoffice.xls');
const folder = mkdtempSync(join(tmpdir(), 'xls-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The file by LibreOffice with records of its stream changed in place, as another program would have written them. */
const changed = (change: (id: number, data: Buffer, nth: number) => void): string => {
  const container = CFB.read(readFileSync(WRITTEN), { type: 'buffer' });
  const entry = CFB.find(container, 'Workbook') as CFB.CFB$Entry;
  const stream = Buffer.from(entry.content as Uint8Array);
  const seen = new Map<number, number>();
  for (let at = 0; at + 4 <= stream.length; at += 4 + stream.readUInt16LE(at + 2)) {
    const id = stream.readUInt16LE(at);
    change(id, stream.subarray(at + 4, at + 4 + stream.readUInt16LE(at + 2)), seen.get(id) ?? 0);
    seen.set(id, (seen.get(id) ?? 0) + 1);
  }
  entry.content = stream;
  const path = join(folder, `${Math.trunc(stream.readUInt32LE(8))}-${seen.size}-${change.length}.xls`);
  writeFileSync(path, CFB.write(container, { type: 'buffer' }) as Buffer);
  return path;
};
const read = async (path: string) => {
  const book = await openBook(path);
  const [sheet] = book.sheets;
  const rows: RawRow[] = [];
  for await (const batch of sheet?.rows() ?? []) rows.push(...batch);
  book.close();
  return { sheet, rows };
};

describe('.xls', () => {
  test('is read as LibreOffice wrote it', async () => {
    const { rows } = await read(WRITTEN);
    expect(rows[2]?.cells[11]).toEqual({ kind: 'date', text: '2022-03-01' });
    expect(rows[2]?.cells[9]).toEqual({ kind: 'number', text: '3.25' });
  });
  test('a date in a format that Chinese Excel has built in is a date', async () => {
    const { rows } = await read(changed((id, data) => {
      if (id === 0xe0 && data.readUInt16LE(2) >= 164) data.writeUInt16LE(31, 2);
    }));
    expect(rows[2]?.cells[11]).toEqual({ kind: 'date', text: '2022-03-01' });
  });
  test('hidden rows and a hidden sheet are known as such', async () => {
    const { rows, sheet } = await read(changed((id, data, nth) => {
      if (id === 0x208 && nth === 3) data.writeUInt16LE(data.readUInt16LE(12) | 0x20, 12);
      if (id === 0x85 && nth === 0) data[4] = 1;
    }));
    expect([sheet?.hidden, rows.filter(({ hidden }) => hidden).map(({ row }) => row)]).toEqual([true, [4]]);
  });
});
