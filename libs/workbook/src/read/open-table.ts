import type { Sheet } from '../sheet/define-sheet.js';
import { findHeading, type FoundHeading, HEAD_ROWS } from './heading.js';
import type { Layout } from './layout.js';
import { type Book, headOf, type RawRow, type SheetSource } from './source.js';
import { Table } from './table.js';
import { templateSaid } from '../template/template-mark.js';
import { Unreadable } from './unreadable.js';

/** What a person may say when the wrong sheet or row was taken. */
export interface Chosen {
  readonly sheet?: string;
  readonly headingRow?: number;
}

interface Candidate {
  readonly source: SheetSource;
  readonly found: FoundHeading;
  readonly head: readonly RawRow[];
}

const hasRows = ({ head, found }: Candidate): boolean => head.some((row) => row.row > found.rows[1] && row.cells.some((cell) => cell && cell.text !== ''));
/** A visible sheet with rows before a hidden or an empty one, then the one that has most of the columns. */
const worth = (candidate: Candidate): number => (hasRows(candidate) ? 10_000 : 0) + (candidate.source.hidden ? 0 : 1000) + candidate.found.columns.size;

const wanted = (sheet: Pick<Sheet, 'columns'>): string => sheet.columns.filter((column) => column.required).map((column) => column.heading).join('、');

const candidatesOf = async (sheet: Pick<Sheet, 'columns'>, sources: readonly SheetSource[], headingRow?: number): Promise<Candidate[]> => {
  const candidates: Candidate[] = [];
  const upTo = Math.max(HEAD_ROWS, (headingRow ?? 0) + 2);
  for (const source of sources) {
    const head = await (source.head?.(upTo) ?? headOf(source.rows(), upTo));
    const found = findHeading(sheet, head, headingRow);
    if (found) candidates.push({ source, found, head });
  }
  return candidates.sort((a, b) => worth(b) - worth(a));
};

const layoutOf = (sheet: Pick<Sheet, 'columns'>, book: Book, [best, ...others]: readonly [Candidate, ...Candidate[]]): Layout => {
  const { source, found, head } = best;
  const above = head.filter((row) => row.row < found.rows[0]).flatMap((row) => row.cells.flatMap((cell) => (cell && cell.text.trim() !== '' ? [cell.text.trim()] : [])));
  return {
    format: book.format,
    encoding: book.encoding,
    delimiter: book.delimiter,
    sheet: source.name,
    sheetHidden: source.hidden,
    otherSheets: others.filter((other) => hasRows(other)).map((other) => other.source.name),
    headingRows: found.rows,
    columns: found.columns,
    headings: found.headings,
    missing: sheet.columns.map(({ id }) => id).filter((id) => !found.columns.has(id)),
    unknown: found.unknown,
    repeated: found.repeated,
    hiddenColumns: [...source.hiddenColumns()],
    titles: above,
    template: templateSaid(above),
    remarks: book.remarks,
  };
};

const sourcesOf = (book: Book, name: string | undefined): readonly SheetSource[] => {
  const sources = name === undefined ? book.sheets : book.sheets.filter((one) => one.name.trim() === name.trim());
  if (sources.length === 0) throw new Unreadable('no-such-sheet', { sheet: name ?? '', sheets: book.sheets.map((one) => one.name).join('、') });
  return sources;
};

/** Finds the sheet and the heading. @throws Unreadable when there is none */
export const openTable = async (book: Book, sheet: Pick<Sheet, 'columns'>, chosen: Chosen = {}): Promise<Table> => {
  const [best, ...others] = await candidatesOf(sheet, sourcesOf(book, chosen.sheet), chosen.headingRow);
  if (!best) throw chosen.headingRow === undefined ? new Unreadable('not-a-table', { rows: HEAD_ROWS, wanted: wanted(sheet) }) : new Unreadable('no-heading-there', { row: chosen.headingRow, wanted: wanted(sheet) });
  if (!hasRows(best)) throw new Unreadable('no-rows');
  return new Table(sheet, best.source, best.found, layoutOf(sheet, book, [best, ...others]));
};
