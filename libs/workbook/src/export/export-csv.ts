import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { guarded } from './formula-guard.js';
import { daysOf, type ExportColumn, type ExportList, numberText, type Value } from './list.js';

const BOM = '\ufeff';
const PIECE = 1 << 17;
/** What must stand in quotes, or could begin a formula: most texts are neither, and go out as they are. */
const DELICATE = /["',;\t\r\n]|^[=+\-@＝＋－＠\s]|\s$/;
const QUOTED = /[",;\t\r\n]|^\s|\s$/;

const delicate = (text: string): string => {
  const safe = guarded(text);
  return QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

const field = (value: Value | undefined, kind: ExportColumn['kind']): string => {
  if (value === null || value === undefined || value === '') return '';
  if (kind === 'number') return numberText(value);
  if (kind === 'day') return daysOf(value), String(value);
  const text = String(value);
  return DELICATE.test(text) ? delicate(text) : text;
};

/** UTF-8 with a byte order mark, without which Excel takes it for the system's code page; lines end as RFC 4180 says. */
export const exportCsv = async ({ columns, batches }: ExportList, to: Writable): Promise<void> => {
  const kinds = columns.map(({ kind }) => kind);
  let piece = `${BOM}${columns.map(({ heading }) => field(heading, 'text')).join(',')}\r\n`;
  const flush = async () => {
    if (to.errored) throw to.errored;
    if (!to.write(Buffer.from(piece))) await once(to, 'drain');
    piece = '';
  };
  for await (const rows of batches) {
    for (const row of rows) {
      for (let i = 0; i < kinds.length; i += 1) piece += (i === 0 ? '' : ',') + field(row[i], kinds[i] ?? 'text');
      piece += '\r\n';
      if (piece.length > PIECE) await flush();
    }
  }
  await flush();
  to.end();
  await finished(to);
};
