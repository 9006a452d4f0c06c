import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

export type Row = readonly unknown[];

export interface CopyRows {
  table: string;
  columns: readonly string[];
  rows: Iterable<Row>;
}

const SPECIAL = /[\\\t\n\r]/g;
const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const escape = (text: string): string => (SPECIAL.test(text) ? text.replace(SPECIAL, (character) => ESCAPES[character] ?? character) : text);

const field = (value: unknown): string => {
  if (value === null || value === undefined) return '\\N';
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value === 'string') return escape(value);
  return escape(value instanceof Date ? value.toISOString() : JSON.stringify(value));
};

const CHUNK = 1 << 16;
const line = (row: Row): string => {
  let text = '';
  for (let i = 0; i < row.length; i += 1) text += (i ? '\t' : '') + field(row[i]);
  return `${text}\n`;
};
function* chunks(rows: Iterable<Row>): Generator<string> {
  let text = '';
  for (const row of rows) {
    text += line(row);
    if (text.length < CHUNK) continue;
    yield text;
    text = '';
  }
  if (text) yield text;
}

export const copyRows = async (client: pg.ClientBase, { table, columns, rows }: CopyRows): Promise<void> => {
  const stream = client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin`));
  await pipeline(Readable.from(chunks(rows)), stream);
};
