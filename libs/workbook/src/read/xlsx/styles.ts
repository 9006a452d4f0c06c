import { isDateFormat, isDateFormatId } from '../number.js';
import { type Attributes, readPart } from './xml.js';
import type { Zip } from './zip.js';

/** Numbers of the cell styles (`s`) that show a number as a date. */
export const readDateStyles = async (zip: Zip, part: string | null): Promise<ReadonlySet<number>> => {
  const dates = new Set<number>();
  if (part === null) return dates;
  const custom = new Map<number, boolean>();
  let style = -1;
  const opened: Readonly<Record<string, (attributes: Attributes) => void>> = {
    numFmt: ({ numFmtId, formatCode = '' }) => custom.set(Number(numFmtId), isDateFormat(formatCode)),
    cellXfs: () => {
      style = 0;
    },
    xf: ({ numFmtId = '0' }) => {
      if (style < 0) return;
      const format = Number(numFmtId);
      if (custom.get(format) ?? isDateFormatId(format)) dates.add(style);
      style += 1;
    },
  };
  await readPart(zip, part, { open: (name, attributes) => opened[name]?.(attributes), close: (name) => name === 'cellXfs' });
  return dates;
};
