import type { Cell } from '../cell.js';
import type { Limits, Merge, RawRow } from '../source.js';
import { Unreadable } from '../unreadable.js';

/** One `<table>` as a sheet. */
export interface HtmlTable {
  readonly rows: RawRow[];
  readonly merges: Merge[];
}

const isHidden = ({ style = '', hidden }: Readonly<Record<string, string>>): boolean => hidden !== undefined || /display\s*:\s*none|mso-hide\s*:\s*all/i.test(style);
const span = (text: string | undefined, most: number): number => Math.max(1, Math.min(Number.parseInt(text ?? '1', 10) || 1, most));

/** A table as it is read: a nested one adds its text to the cell around it. */
export class TableReader {
  readonly tables: HtmlTable[] = [];
  private depth = 0;
  private table: HtmlTable | null = null;
  private cells: (Cell | undefined)[] | null = null;
  private text: string | null = null;
  private hidden = false;
  /** Column → the last row that a cell above still covers. */
  private covered: number[] = [];
  private cell: { column: number; right: number; bottom: number } | null = null;
  private row = 0;

  constructor(private readonly limits: Limits) {}

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'table') this.openTable();
    else if (this.depth === 1) this.openInside(name, attributes);
  }

  add(text: string): void {
    if (this.text === null) return;
    this.text += text;
    if (this.text.length > this.limits.cellLength * 4) throw new Unreadable('cell-too-long', { row: this.row, limit: this.limits.cellLength });
  }

  close(name: string): void {
    if (name === 'table') this.closeTable();
    else if (this.depth > 1) return;
    else if (name === 'tr') this.closeRow();
    else if (name === 'td' || name === 'th') this.closeCell();
  }

  private openInside(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'tr') this.openRow(attributes);
    else if (name === 'td' || name === 'th') this.openCell(attributes);
    else if (name === 'br' && this.text !== null) this.text += '\n';
  }

  private closeTable(): void {
    if (this.depth === 1) this.closeRow();
    this.depth = Math.max(0, this.depth - 1);
    if (this.depth === 0) this.table = null;
  }

  private openTable(): void {
    this.depth += 1;
    if (this.depth > 1) return;
    this.table = { rows: [], merges: [] };
    this.tables.push(this.table);
    this.covered = [];
    this.row = 0;
  }

  private openRow(attributes: Readonly<Record<string, string>>): void {
    this.closeRow();
    this.row += 1;
    if (this.row > this.limits.rows) throw new Unreadable('too-many-rows', { limit: this.limits.rows });
    this.cells = [];
    this.hidden = isHidden(attributes);
  }

  private openCell({ colspan, rowspan }: Readonly<Record<string, string>>): void {
    this.closeCell();
    if (this.cells === null) return;
    let column = (this.cell?.right ?? 0) + 1;
    while ((this.covered[column] ?? 0) >= this.row) column += 1;
    const right = column + span(colspan, this.limits.columns) - 1;
    const bottom = this.row + span(rowspan, 65_535) - 1;
    if (right > this.limits.columns) throw new Unreadable('too-many-columns', { limit: this.limits.columns });
    for (let at = column; at <= right; at += 1) this.covered[at] = bottom;
    this.cell = { column, right, bottom };
    this.text = '';
  }

  private closeCell(): void {
    if (this.text === null || this.cell === null || this.cells === null) return;
    const { column, right, bottom } = this.cell;
    const text = this.text.replace(/[ \t\r\f]+/g, ' ').replace(/ ?\n ?/g, '\n').trim();
    if (text !== '') this.cells[column - 1] = { kind: 'text', text };
    if (right > column || bottom > this.row) this.table?.merges.push({ top: this.row, left: column, bottom, right });
    this.text = null;
  }

  private closeRow(): void {
    this.closeCell();
    if (this.cells !== null) this.table?.rows.push({ row: this.row, hidden: this.hidden, cells: this.cells });
    this.cells = null;
    this.cell = null;
  }
}
