import { Parser } from 'htmlparser2';
import { type Book, type Limits, type SheetSource } from '../source.js';
import { decoded } from '../text/encoding.js';
import { Unreadable } from '../unreadable.js';
import { type HtmlTable, TableReader } from './tables.js';

/** Larger ones are not written by systems that export a table as a page. */
const MOST_BYTES = 200_000_000;

const sheetOf = ({ rows, merges }: HtmlTable, i: number): SheetSource => ({
  name: `表${i + 1}`,
  hidden: false,
  async *rows() {
    yield rows;
  },
  merges: async () => merges,
  hiddenColumns: () => [],
});

/** A page with tables, whatever its name says. Each table is a sheet. */
export const openHtml = async (path: string, encoding: string, size: number, limits: Limits): Promise<Book> => {
  if (size > MOST_BYTES) throw new Unreadable('expands-too-much', { detail: `${Math.round(size / 1e6)} MB HTML` });
  const reader = new TableReader(limits);
  let silent = 0;
  const parser = new Parser({
    onopentag: (name, attributes) => {
      if (name === 'script' || name === 'style') silent += 1;
      else reader.open(name, attributes);
    },
    ontext: (text) => {
      if (silent === 0) reader.add(text.replaceAll('\n', ' '));
    },
    onclosetag: (name) => {
      if (name === 'script' || name === 'style') silent -= 1;
      else reader.close(name);
    },
  }, { decodeEntities: true });
  for await (const text of decoded(path, encoding, () => '?')) parser.write(text);
  parser.end();
  return { format: 'html', encoding, sheets: reader.tables.map(sheetOf), remarks: [], close: () => undefined };
};
