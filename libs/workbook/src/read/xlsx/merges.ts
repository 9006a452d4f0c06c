import type { Merge } from '../source.js';
import { columnOf } from './rows.js';
import type { Zip } from './zip.js';

const END = 'sheetData>';
const MERGE = /<(?:[\w.-]+:)?mergeCell\s[^>]*?ref\s*=\s*["']([A-Za-z]+)(\d+):([A-Za-z]+)(\d+)["']/g;
const LONGEST_TAG = 300;
const MOST = 500_000;

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
    const text = rest + chunk.toString('latin1', 0, END.length);
    const inChunk = chunk.lastIndexOf(END);
    if (inChunk >= 0 || text.includes(END)) {
      behind = true;
      scan(chunk.toString('latin1', Math.max(0, inChunk)));
    } else rest = chunk.toString('latin1', Math.max(0, chunk.length - END.length));
  }
  return merges;
};
