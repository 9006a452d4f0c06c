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

/** Writes one piece while the next is made: to wait for each would add the disk's time to ours. */
const ahead = (to: Writable) => {
  let drained: Promise<unknown> = Promise.resolve();
  return async (piece: string): Promise<void> => {
    const bytes = Buffer.from(piece);
    await drained;
    if (to.errored) throw to.errored;
    if (to.write(bytes)) return;
    drained = once(to, 'drain');
    // Awaited with the next piece; until then a failure is not one that nobody looks at.
    drained.catch(() => undefined);
  };
};

/** UTF-8 with a byte order mark, without which Excel takes it for the system's code page; lines end as RFC 4180 says. */
export const exportCsv = async ({ columns, batches }: ExportList, to: Writable): Promise<void> => {
  const kinds = columns.map(({ kind }) => kind);
  const send = ahead(to);
  let piece = `${BOM}${columns.map(({ heading }) => field(heading, 'text')).join(',')}\r\n`;
  const fields: string[] = kinds.map(() => '');
  for await (const rows of batches) {
    for (const row of rows) {
      for (let i = 0; i < kinds.length; i += 1) fields[i] = field(row[i], kinds[i] ?? 'text');
      piece += `${fields.join(',')}\r\n`;
      if (piece.length < PIECE) continue;
      await send(piece);
      piece = '';
    }
  }
  await send(piece);
  to.end();
  await finished(to);
};
