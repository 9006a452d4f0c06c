import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { SchemaElement } from 'hyparquet';
import { daysOf, type ExportColumn, type ExportList, numberText, type Value } from './list.js';

/** Rows of a group: what is in memory at a time. */
const GROUP = 10_000;

const TYPES: Record<ExportColumn['kind'], Omit<SchemaElement, 'name'>> = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
  number: { type: 'DOUBLE', repetition_type: 'OPTIONAL' },
  day: { type: 'INT32', converted_type: 'DATE', repetition_type: 'OPTIONAL' },
};

const VALUES: Record<ExportColumn['kind'], (value: string | number) => string | number> = {
  text: String,
  number: (value) => Number(numberText(value)),
  day: daysOf,
};

/** Parquet tells columns by their names, a person by where they stand. */
const names = (columns: readonly ExportColumn[]): string[] =>
  columns.map(({ heading }, i) => (columns.findIndex((one) => one.heading === heading) === i ? heading : `${heading} (${i + 1})`));

const about = ({ title, reportedBy, asOf, generatedAt, again }: ExportList) =>
  [['名称', title], ['填报单位', reportedBy], ['统计时点', asOf], ['生成时间', generatedAt], ...again].map(([key = '', value]) => ({ key, value }));

/** Snappy-compressed groups of rows; what the list is of stands in the file's key-value metadata. */
export const exportParquet = async (list: ExportList, to: Writable): Promise<void> => {
  const { columns, batches } = list;
  // Loaded by those who write Parquet: everybody else starts faster without it.
  const { ByteWriter, ParquetWriter } = await import('hyparquet-writer');
  const headings = names(columns);
  const bytes = new ByteWriter(1 << 20);
  const schema = [{ name: 'root', num_children: columns.length }, ...columns.map(({ kind }, i) => ({ name: headings[i] ?? '', ...TYPES[kind] }))];
  const writer = new ParquetWriter({ writer: bytes, schema, kvMetadata: about(list), createdBy: 'shuangbang' });
  const convert = columns.map(({ kind }) => VALUES[kind]);
  let data: (string | number | null)[][] = columns.map(() => []);
  let held = 0;

  const send = async () => {
    if (to.errored) throw to.errored;
    const piece = Buffer.from(bytes.getBytes());
    bytes.index = 0;
    if (!to.write(piece)) await once(to, 'drain');
  };
  const flush = async () => {
    await writer.write({ columnData: headings.map((name, i) => ({ name, data: data[i] ?? [] })), rowGroupSize: GROUP });
    [data, held] = [columns.map(() => []), 0];
    await send();
  };
  const take = (row: readonly Value[]) => {
    for (let i = 0; i < convert.length; i += 1) {
      const value = row[i];
      data[i]?.push(value === null || value === undefined || value === '' ? null : (convert[i]?.(value) ?? null));
    }
    held += 1;
  };

  for await (const rows of batches) {
    for (const row of rows) {
      take(row);
      if (held === GROUP) await flush();
    }
  }
  if (held > 0) await flush();
  await writer.finish();
  await send();
  to.end();
  await finished(to);
};
