import { createWriteStream } from 'node:fs';
import { PackageWriter } from '../package/write-package.js';
import type { Cell } from './cell.js';
import type { Book, Merge, SheetSource } from './source.js';

export type Grid = readonly (readonly (string | number | Cell | null)[])[];
export interface GridSheet {
  readonly name?: string;
  readonly hidden?: boolean;
  readonly grid: Grid;
  readonly merges?: readonly Merge[];
  readonly hiddenRows?: readonly number[];
  readonly hiddenColumns?: readonly number[];
}

const cellOf = (value: string | number | Cell | null): Cell | undefined => {
  if (value === null || value === '') return undefined;
  if (typeof value === 'number') return { kind: 'number', text: String(value) };
  return typeof value === 'string' ? { kind: 'text', text: value } : value;
};

const sheetOf = ({ name = '名册', hidden = false, grid, merges = [], hiddenRows = [], hiddenColumns = [] }: GridSheet): SheetSource => ({
  name,
  hidden,
  async *rows() {
    yield grid.map((cells, i) => ({ row: i + 1, hidden: hiddenRows.includes(i + 1), cells: cells.map(cellOf) }));
  },
  merges: async () => merges,
  hiddenColumns: () => hiddenColumns,
});

/** A book of cells at hand, for tests: what a file of any format comes to. */
export const gridBook = (...sheets: readonly GridSheet[]): Book => ({ format: 'xlsx', sheets: sheets.map(sheetOf), remarks: [], close: () => undefined });

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** Parts of the smallest workbook around this sheet; any of them may be replaced or added to. */
export const workbookParts = (sheet: string, parts: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
  '_rels/.rels': `<Relationships xmlns="${RELATIONS}"><Relationship Id="r1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="名册" sheetId="1" r:id="r1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${RELATIONS}"><Relationship Id="r1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="${OFFICE}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="r3" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
  'xl/worksheets/sheet1.xml': sheet,
  ...parts,
});

/** Writes parts as a package. */
export const writeParts = async (path: string, parts: Readonly<Record<string, string>>): Promise<string> => {
  const writer = new PackageWriter(createWriteStream(path));
  for (const [name, text] of Object.entries(parts)) await writer.text(name, text);
  await writer.close();
  return path;
};
