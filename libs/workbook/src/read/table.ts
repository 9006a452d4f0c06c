import type { Sheet } from '../sheet/define-sheet.js';
import { type Cell, EMPTY, type ReadRow } from './cell.js';
import type { FoundHeading } from './heading.js';
import { Held } from './held.js';
import type { Extent, Layout, NotRead } from './layout.js';
import { RowSort } from './row-sort.js';
import type { RawRow, SheetSource } from './source.js';

/** Rows that were not read, and hidden ones, are named one by one up to here; beyond, only counted. */
const MOST_NAMED = 1000;

/** The table of a sheet: its rows once, then how far it went. */
export class Table {
  private readonly sort: RowSort;
  private readonly positions: readonly (number | null)[];
  private readonly hiddenRows: number[] = [];
  private readonly notRead: { row: number; why: NotRead }[] = [];
  private first = 0;
  private last = 0;
  private total: ReadRow | null = null;

  constructor(
    private readonly sheet: Pick<Sheet, 'columns'>,
    private readonly source: SheetSource,
    private readonly found: FoundHeading,
    readonly layout: Layout,
  ) {
    this.sort = new RowSort(sheet, found);
    this.positions = sheet.columns.map(({ id }) => found.columns.get(id) ?? null);
  }

  /** Batches of the table's rows. @throws Unreadable where the file turns out to be damaged or over a limit */
  async *rows(): AsyncGenerator<readonly ReadRow[]> {
    const [, headingEnd] = this.found.rows;
    this.begin();
    const held = new Held(await this.source.merges(), this.found.columns.values(), headingEnd + 1);
    for await (const batch of this.source.rows()) {
      const rows: ReadRow[] = [];
      for (const raw of batch) {
        if (raw.row < this.found.rows[0]) this.leaveOut(raw.row, 'title');
        else if (raw.row > headingEnd) this.take(raw, held, rows);
      }
      if (rows.length > 0) yield rows;
    }
  }

  /** Complete once `rows` has ended. */
  extent(): Extent {
    const { hiddenRows, notRead, total } = this;
    const stated = new Map(this.sheet.columns.flatMap(({ id }, i) => (total?.cells[i]?.text ? [[id, total.cells[i].text] as const] : [])));
    return { firstRow: this.first, lastRow: this.last, totalRow: total?.row ?? null, stated, hiddenRows, notRead };
  }

  /** Rows may be read more than once. */
  private begin(): void {
    this.hiddenRows.length = 0;
    this.notRead.length = 0;
    [this.first, this.last, this.total] = [0, 0, null];
  }

  private take(raw: RawRow, held: Held, rows: ReadRow[]): void {
    const own = this.positions.map((column) => (column === null ? EMPTY : (raw.cells[column - 1] ?? EMPTY)));
    const why = this.sort.whyNot(raw, own);
    const cells = held.none ? own : this.positions.map((column, i) => (column === null ? EMPTY : (held.at(raw.row, column, own[i] as Cell) ?? EMPTY)));
    if (raw.hidden && this.hiddenRows.length < MOST_NAMED && why !== 'blank') this.hiddenRows.push(raw.row);
    if (why !== null) {
      if (why === 'total') this.total = { row: raw.row, hidden: raw.hidden, cells: own };
      return this.leaveOut(raw.row, why);
    }
    this.first ||= raw.row;
    this.last = raw.row;
    rows.push({ row: raw.row, hidden: raw.hidden, cells });
  }

  private leaveOut(row: number, why: NotRead): void {
    if (this.notRead.length < MOST_NAMED) this.notRead.push({ row, why });
  }
}
