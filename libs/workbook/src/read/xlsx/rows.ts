import type { Cell } from '../cell.js';
import { dateOrNumber, numberCell } from '../number.js';
import type { Limits, RawRow } from '../source.js';
import { Unreadable } from '../unreadable.js';
import { detached, richText, unescaped } from './strings.js';
import { WholeCell } from './whole-cell.js';
import type { Attributes, Handler } from './xml.js';

export interface CellTables {
  /** A shared string by its number. */
  readonly string: (index: number) => string;
  readonly dateStyles: ReadonlySet<number>;
  readonly date1904: boolean;
  readonly limits: Limits;
}

/** `AB12` → 28, 0 when there is no letter. */
export const columnOf = (reference: string): number => {
  let column = 0;
  for (let i = 0; i < reference.length; i += 1) {
    const letter = reference.charCodeAt(i) & 0xdf;
    if (letter < 65 || letter > 90) break;
    column = column * 26 + letter - 64;
  }
  return column;
};

const ISO_DAY = /^(\d{4}-\d{2}-\d{2})(T.*)?$/;
const PICTURE = /^=?(_xlfn\.)?DISPIMG\(/i;

/** One `<c>` as it is being read. */
interface Open {
  type: string;
  style: number;
  value: string | null;
  formula: boolean;
}

type Typed = (value: string, tables: CellTables, style: number) => Cell;
const text = (value: string): Cell => ({ kind: 'text', text: detached(unescaped(value)) });
const number: Typed = (value, { dateStyles, date1904 }, style) => (dateStyles.has(style) ? dateOrNumber(value, date1904) : numberCell(value));

/** What `<v>` or `<is>` means by the cell's type `t`. */
const TYPES: Readonly<Record<string, Typed>> = {
  n: number,
  s: (value, { string }) => ({ kind: 'text', text: string(Number(value)) }),
  str: (value) => (PICTURE.test(value) ? { kind: 'picture', text: '' } : text(value)),
  inlineStr: text,
  e: (value) => ({ kind: 'error', text: value }),
  b: (value) => ({ kind: 'text', text: value === '1' || value === 'true' ? 'TRUE' : 'FALSE' }),
  d: (value) => {
    const day = ISO_DAY.exec(value)?.[1];
    return day === undefined ? { kind: 'text', text: value } : { kind: 'date', text: day };
  },
};

const cellOf = ({ type, style, value, formula }: Open, tables: CellTables): Cell | undefined => {
  if (value === null || value === '') return formula ? { kind: 'text', text: '', formula } : undefined;
  const cell = (TYPES[type] ?? number)(value, tables, style);
  return formula && cell.kind !== 'picture' ? { ...cell, formula } : cell;
};

/** Reads `<sheetData>`; `take()` gives the rows finished since it was last asked. */
export class RowReader implements Handler {
  readonly hiddenColumns: number[] = [];
  private rows: RawRow[] = [];
  private cells: (Cell | undefined)[] = [];
  private row = 0;
  private seen = 0;
  private hidden = false;
  private column = 0;
  private current: Open | null = null;
  private inValue = false;
  private readonly entire = new WholeCell();
  private readonly inline = richText();

  constructor(private readonly tables: CellTables) {}

  take(): RawRow[] {
    const { rows } = this;
    this.rows = [];
    return rows;
  }

  open(name: string, attributes: Attributes): void {
    switch (name) {
      case 'c':
        return this.openCell(attributes);
      case 'v':
        if (this.current) {
          this.inValue = true;
          this.current.value = '';
        }
        return;
      case 'f':
        if (this.current) this.current.formula = true;
        return;
      case 'row':
        return this.openRow(attributes);
      case 'col':
        return this.openColumns(attributes);
      default:
        this.inline.open(name);
    }
  }

  text(text: string): void {
    if (this.current === null) return;
    if (this.inValue) this.current.value += text;
    else this.inline.text(text);
  }

  close(name: string): boolean {
    switch (name) {
      case 'v':
        this.inValue = false;
        return false;
      case 'c':
        this.closeCell();
        return false;
      case 'row':
        this.rows.push({ row: this.row, hidden: this.hidden, cells: this.cells });
        return false;
      case 'is':
        if (this.current) this.current.value = this.inline.take();
        return false;
      default:
        this.inline.close(name);
        return name === 'sheetData';
    }
  }

  whole(text: string, open: number): number {
    const { entire } = this;
    const end = this.current === null ? entire.read(text, open) : -1;
    if (end < 0) return -1;
    this.column = entire.column || this.column + 1;
    this.put(this.meant());
    return end;
  }

  /** What the whole cell says; a shared string and a count are most of them. */
  private meant(): Cell | undefined {
    const { type, style, value, index } = this.entire;
    const { string, dateStyles } = this.tables;
    if (value === '') return undefined;
    if (type === 's') return { kind: 'text', text: string(index < 0 ? Number(value) : index) };
    if (type === 'n' && index >= 0 && !dateStyles.has(style)) return { kind: 'number', text: value };
    return (TYPES[type] ?? number)(value, this.tables, style);
  }

  private openColumns({ hidden, min, max }: Attributes): void {
    if (hidden !== '1' && hidden !== 'true') return;
    const last = Math.min(Number(max), this.tables.limits.columns);
    for (let column = Number(min); column <= last; column += 1) this.hiddenColumns.push(column);
  }

  private openRow({ r, hidden }: Attributes): void {
    const row = r === undefined ? this.row + 1 : Number(r);
    if (!Number.isInteger(row) || row <= this.row) throw new Unreadable('damaged', { detail: `row ${r} after ${this.row}` });
    this.seen += 1;
    if (row > this.tables.limits.rows || this.seen > this.tables.limits.rows) throw new Unreadable('too-many-rows', { limit: this.tables.limits.rows });
    this.row = row;
    this.hidden = hidden === '1' || hidden === 'true';
    this.cells = [];
    this.column = 0;
  }

  private openCell({ r, t, s }: Attributes): void {
    this.column = (r === undefined ? 0 : columnOf(r)) || this.column + 1;
    this.current = { type: t ?? 'n', style: s === undefined ? 0 : Number(s), value: null, formula: false };
  }

  private closeCell(): void {
    const cell = this.current && cellOf(this.current, this.tables);
    this.current = null;
    this.inline.take();
    this.put(cell ?? undefined);
  }

  private put(cell: Cell | undefined): void {
    if (!cell) return;
    const { columns, cellLength } = this.tables.limits;
    if (this.column > columns) throw new Unreadable('too-many-columns', { limit: columns });
    if (cell.text.length > cellLength) throw new Unreadable('cell-too-long', { row: this.row, limit: cellLength });
    this.cells[this.column - 1] = cell;
  }
}
