import { basename } from 'node:path';
import { unguarded } from '../../export/formula-guard.js';
import type { Cell } from '../cell.js';
import type { Book, Limits, RawRow } from '../source.js';
import { Unreadable } from '../unreadable.js';
import { Delimited, sniffDelimiter } from './delimited.js';
import { decoded, type Encoding } from './encoding.js';

/** `="0123"`: how systems keep a spreadsheet from shortening a number. */
const AS_TEXT = /^="([^"]*)"$/;

/** Letters split at a time: the fewer cells are there at once, the less there is to be cleared away. */
const PART = 16_384;
function* partsOf(piece: string): Generator<string> {
  for (let at = 0; at < piece.length; at += PART) yield piece.slice(at, at + PART);
}

const cellOf = (field: string): Cell | undefined => {
  if (field === '') return undefined;
  const first = field.charCodeAt(0);
  // = and ' alone begin what has to be undone.
  if (first !== 61 && first !== 39) return { kind: 'text', text: field };
  return { kind: 'text', text: AS_TEXT.exec(field)?.[1] ?? unguarded(field) };
};

const check = (fields: readonly string[], row: number, limits: Limits): void => {
  if (fields.length > limits.columns) throw new Unreadable('too-many-columns', { limit: limits.columns });
  if (row > limits.rows) throw new Unreadable('too-many-rows', { limit: limits.rows });
  for (const field of fields) if (field.length > limits.cellLength) throw new Unreadable('cell-too-long', { row, limit: limits.cellLength });
};

/** .csv, and Excel's “Unicode text”. @param head the decoded beginning */
export const openText = (path: string, encoding: Encoding, head: string, limits: Limits): Book => {
  const delimiter = sniffDelimiter(head);
  const oldMac = head.includes('\r') && !head.includes('\n');
  async function* rows(): AsyncGenerator<RawRow[]> {
    const split = new Delimited(delimiter, oldMac);
    let row = 0;
    const take = (records: readonly string[][]): RawRow[] =>
      records.map((fields) => {
        row += 1;
        check(fields, row, limits);
        return { row, hidden: false, cells: fields.map(cellOf) };
      });
    for await (const piece of decoded(path, encoding, () => row + 1)) {
      for (const part of partsOf(piece)) {
        const batch = take(split.push(part));
        if (batch.length > 0) yield batch;
      }
    }
    const batch = take(split.end());
    if (batch.length > 0) yield batch;
  }
  return {
    format: 'csv',
    encoding,
    delimiter,
    sheets: [{ name: basename(path).replace(/\.[^.]*$/, ''), hidden: false, rows, merges: async () => [], hiddenColumns: () => [] }],
    remarks: [],
    close: () => undefined,
  };
};
