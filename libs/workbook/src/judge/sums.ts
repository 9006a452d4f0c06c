import { formatHundredths } from '#standards';
import type { Extent } from '../read/layout.js';
import type { Sheet, Values } from '../sheet/define-sheet.js';
import type { ColumnTotal } from './verdict.js';

const hundredths = (value: string): number => Math.round(Number(value) * 100);

interface Line {
  readonly amount: number;
  readonly once: string;
}

/** Sums of the columns that a total row may state. */
export class Sums {
  private readonly lines: (Line | null)[][];

  constructor(private readonly sheet: Pick<Sheet, 'sums'>) {
    this.lines = sheet.sums.map(() => []);
  }

  /** Once for each row, in order. */
  add(values: Values): void {
    this.sheet.sums.forEach(({ column, once }, i) => {
      const amount = values[column] ? hundredths(values[column]) : 0;
      this.lines[i]?.push(amount > 0 ? { amount, once: values[once] ?? '' } : null);
    });
  }

  /** @param accepted by the order in which rows were added */
  totals(extent: Pick<Extent, 'stated'>, accepted: (index: number) => boolean): ColumnTotal[] {
    return this.sheet.sums.map(({ column }, i) => {
      const lines = this.lines[i] ?? [];
      const counted = new Set<string>();
      let read = 0;
      let taken = 0;
      lines.forEach((line, index) => {
        if (line === null) return;
        read += line.amount;
        if (!accepted(index) || counted.has(line.once)) return;
        if (line.once !== '') counted.add(line.once);
        taken += line.amount;
      });
      return { column, stated: extent.stated.get(column) ?? null, read: formatHundredths(read), accepted: formatHundredths(taken) };
    });
  }
}
