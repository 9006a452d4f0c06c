import { Writable } from 'node:stream';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { type ExportList, exportCsv, exportParquet, guarded, unguarded } from '../index.js';

const collected = async (run: (to: Writable) => Promise<void>): Promise<Buffer> => {
  const pieces: Buffer[] = [];
  await run(new Writable({ write: (piece: Buffer, _, done) => (pieces.push(piece), done()) }));
  return Buffer.concat(pieces);
};

const list = (columns: ExportList['columns'], rows: readonly (readonly (string | number | null)[])[]): ExportList => ({
  title: '成员名单', reportedBy: '送庄镇', asOf: '2022-07-18', generatedAt: '2022-07-19 08:00', again: [['范围', '送庄镇']], columns, batches: [rows],
});

const texts = fc.string({ unit: fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...'=+-@\'",;\t\r\n ＝王·𠮷_x0041') }, { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }) }), maxLength: 12 });
const parsed = (csv: Buffer): string[][] => parse(csv, { bom: true });

describe('an exported list', () => {
  it('gives every text back as it was, whatever it begins with', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(texts, texts), { minLength: 1, maxLength: 20 }), async (rows) => {
        const csv = parsed(await collected((to) => exportCsv(list([{ heading: '甲', kind: 'text' }, { heading: '乙', kind: 'text' }], rows), to)));
        expect(csv.slice(1).map((row) => row.map(unguarded))).toEqual(rows);
      }),
    );
  });

  it('lets no text of a .csv file begin a formula', async () => {
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const [, row] = parsed(await collected((to) => exportCsv(list([{ heading: '甲', kind: 'text' }, { heading: '乙', kind: 'text' }], [[text, 'x']]), to)));
        expect(row?.[0]).not.toMatch(/^[=+\-@\t\r＝＋－＠]/);
      }),
    );
    expect(guarded('=1+1')).toBe("'=1+1");
    expect(guarded('王-丽')).toBe('王-丽');
  });

  it('begins a .csv file with the mark by which Excel knows UTF-8, and leaves numbers and days unquoted', async () => {
    const columns = [{ heading: '身份证号', kind: 'text' }, { heading: '面积(亩)', kind: 'number' }, { heading: '入社日期', kind: 'day' }] as const;
    const csv = await collected((to) => exportCsv(list(columns, [['410322196001011234', '3.25', '2022-03-01'], ['4', -1, null]]), to));
    expect(csv.toString()).toBe('\ufeff身份证号,面积(亩),入社日期\r\n410322196001011234,3.25,2022-03-01\r\n4,-1,\r\n');
  });

  it('refuses a text in a column of numbers, which would go out unguarded', async () => {
    const columns = [{ heading: '面积', kind: 'number' }, { heading: '日', kind: 'day' }] as const;
    await expect(collected((to) => exportCsv(list(columns, [['=1+1', null]]), to))).rejects.toThrow(TypeError);
    await expect(collected((to) => exportCsv(list(columns, [[1, '2022-02-30']]), to))).rejects.toThrow(RangeError);
  });

  it('keeps types, empty cells and what the list is of in a Parquet file', async () => {
    const columns = [{ heading: '身份证号', kind: 'text' }, { heading: '面积', kind: 'number' }, { heading: '日', kind: 'day' }, { heading: '面积', kind: 'number' }] as const;
    const bytes = await collected((to) => exportParquet(list(columns, [['=4103', '3.25', '2022-03-01', null], [null, 7, null, 0]]), to));
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
    expect(await parquetReadObjects({ file })).toEqual([
      { 身份证号: '=4103', 面积: 3.25, 日: new Date('2022-03-01T00:00:00Z'), '面积 (4)': null },
      { 身份证号: null, 面积: 7, 日: null, '面积 (4)': 0 },
    ]);
    expect(parquetMetadata(file).key_value_metadata).toContainEqual({ key: '统计时点', value: '2022-07-18' });
  });
});
