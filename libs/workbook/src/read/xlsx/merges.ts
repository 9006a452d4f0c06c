import type { Merge } from '../source.js';
import { columnOf } from './rows.js';
import type { Zip } from './zip.js';

const END = 'sheetData>';
const MERGE = /<(?:[\w.-]+:)?mergeCell\s[^>]*?ref\s*=\s*["']([A-Za-z]+)(\d+):([A-Za-z]+)(\d+)["']/g;
const LONGEST_TAG = 300;
const MOST = 500_000;

/** What follows `</sheetData>`, with any prefix; null where it has not come yet. The tag that opens the rows ends alike. */
const endOfRows = (piece: Buffer): Buffer | null => {
  const at = piece.lastIndexOf(END);
  const tag = at < 0 ? '' : piece.toString('latin1', piece.lastIndexOf('<', at), at);
  return tag.startsWith('</') ? piece.subarray(at) : null;
};

/** Merged cells stand behind the rows, so the sheet is inflated once without being parsed, and only what follows the rows is looked at. */
export const readMerges = async (zip: Zip, part: string): Promise<Merge[]> => {
  const merges: Merge[] = [];
  let behind = false;
  let rest = '';
  const scan = (text: string): void => {
    let last = 0;
    for (const match of text.matchAll(MERGE)) {
      const [whole, left = '', top, right = '', bottom] = match;
      last = match.index + whole.length;
      if (merges.length < MOST) merges.push({ top: Number(top), left: columnOf(left), bottom: Number(bottom), right: columnOf(right) });
    }
    rest = text.slice(Math.max(last, text.length - LONGEST_TAG));
  };
  for await (const chunk of zip.pieces(part)) {
    if (behind) {
      scan(rest + chunk.toString('latin1'));
      continue;
    }
    const end = endOfRows(Buffer.concat([Buffer.from(rest, 'latin1'), chunk]));
    behind = end !== null;
    if (end === null) rest = chunk.toString('latin1', Math.max(0, chunk.length - LONGEST_TAG));
    else scan(end.toString('latin1'));
  }
  return merges;
};
