import type { Cell } from './cell.js';
import type { Merge } from './source.js';

/** Body cells merged downwards hold for every row they cover. */
export class Held {
  private readonly byColumn = new Map<number, Merge[]>();
  private readonly holding = new Map<number, { until: number; cell: Cell | undefined }>();

  constructor(merges: readonly Merge[], columns: Iterable<number>, firstRow: number) {
    for (const column of columns) {
      const over = merges.filter((merge) => merge.left <= column && column <= merge.right && merge.bottom > merge.top && merge.bottom >= firstRow).sort((a, b) => a.top - b.top);
      if (over.length > 0) this.byColumn.set(column, over);
    }
  }

  /** No cell is held over another. */
  get none(): boolean {
    return this.byColumn.size === 0;
  }

  /** The cell of this column in this row, given what the row itself has there. Rows are asked in order. */
  at(row: number, column: number, own: Cell | undefined): Cell | undefined {
    const over = this.byColumn.get(column);
    if (!over) return own;
    const held = this.holding.get(column);
    return held && row <= held.until ? held.cell : this.begin(row, column, own, over);
  }

  private begin(row: number, column: number, own: Cell | undefined, over: Merge[]): Cell | undefined {
    while (over[0] && over[0].bottom < row) over.shift();
    const [merge] = over;
    if (!merge || merge.top > row) return own;
    const cell = merge.left === column ? own : undefined;
    this.holding.set(column, { until: merge.bottom, cell });
    return cell;
  }
}
