import { isDateFormat, isDateFormatId } from '../number.js';
import { readPart } from './xml.js';
import type { Zip } from './zip.js';

/** Numbers of the cell styles (`s`) that show a number as a date. */
export const readDateStyles = async (zip: Zip, part: string | null): Promise<ReadonlySet<number>> => {
  const dates = new Set<number>();
  if (part === null) return dates;
  const custom = new Map<number, boolean>();
  let inCells = false;
  let style = 0;
  await readPart(zip, part, {
    open: (name, attributes) => {
      if (name === 'numFmt') custom.set(Number(attributes.numFmtId), isDateFormat(attributes.formatCode ?? ''));
      else if (name === 'cellXfs') inCells = true;
      else if (name === 'xf' && inCells) {
        const format = Number(attributes.numFmtId ?? 0);
        if (custom.get(format) ?? isDateFormatId(format)) dates.add(style);
        style += 1;
      }
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return dates;
};
