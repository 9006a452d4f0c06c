import { formatHundredths } from '#standards';
import type { Extent } from '../read/layout.js';
import type { Sheet, Values } from '../sheet/define-sheet.js';
import type { ColumnTotal } from './verdict.js';

const hundredths = (value: string): number => Math.round(Number(value) * 100);

/** Sums of the columns that a total row may state. */
export class Sums {
  private readonly amounts: number[][];
  private readonly onces: string[][];

  constructor(private readonly sheet: Pick<Sheet, 'sums'>) {
    this.amounts = sheet.sums.map(() => []);
    this.onces = sheet.sums.map(() => []);
  }

  /** Once for each row, in order. */
  add(values: Values): void {
    this.sheet.sums.forEach(({ column, once }, i) => {
      this.amounts[i]?.push(values[column] ? Math.max(0, hundredths(values[column])) : 0);
      this.onces[i]?.push(values[once] ?? '');
    });
  }

  /** @param accepted by the order in which rows were added */
  totals(extent: Pick<Extent, 'stated'>, accepted: (index: number) => boolean): ColumnTotal[] {
    return this.sheet.sums.map(({ column }, i) => {
      const counted = new Set<string>();
      let read = 0;
      let taken = 0;
      this.amounts[i]?.forEach((amount, index) => {
        read += amount;
        const once = this.onces[i]?.[index] ?? '';
        if (amount === 0 || !accepted(index) || counted.has(once)) return;
        if (once !== '') counted.add(once);
        taken += amount;
      });
      return { column, stated: extent.stated.get(column) ?? null, read: formatHundredths(read), accepted: formatHundredths(taken) };
    });
  }
}
