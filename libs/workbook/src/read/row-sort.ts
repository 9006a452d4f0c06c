import { normalise } from '#standards';
import type { Sheet } from '../sheet/define-sheet.js';
import type { ReadRow } from './cell.js';
import type { FoundHeading } from './heading.js';
import type { NotRead } from './layout.js';
import type { RawRow } from './source.js';

const TOTAL = /^(本页|本组|本村|全村|以上)?(合计|总计|小计|共计|累计|总数|总和)(数|人数|户数|面积)?[:：]?$/;
const SIGNATURE = /^(填表人?|制表人?|填报人?|经办人?|复核人?|审核人?|审批人?|负责人|理事长|村?书记|主任|单位负责人|联系人|签字|签名|盖章|填表日期|填报日期|填报时间|制表日期|日期|年月日|备注说明|说明|备注|注|注意事项|填表说明)[^:：]{0,12}[:：(（]|^(填表人|制表人|填报人|经办人|审核人|负责人)(签字|签名|盖章)?$|^\(?(签字|签名|盖章|公章)\)?$/;

const closingWord = (text: string): 'total' | 'signature' | null => (TOTAL.test(text) ? 'total' : SIGNATURE.test(text) ? 'signature' : null);

/** Tells rows of the table from what else stands below a heading. */
export class RowSort {
  private readonly telling: readonly number[];
  private readonly required: readonly number[];
  private readonly examples: readonly string[];

  constructor(
    private readonly sheet: Pick<Sheet, 'columns'>,
    private readonly found: FoundHeading,
  ) {
    const positions = (want: (column: Sheet['columns'][number]) => boolean) => sheet.columns.flatMap((column, i) => (want(column) && found.columns.has(column.id) ? [i] : []));
    this.telling = positions((column) => column.kind.name !== 'serial');
    this.required = positions((column) => column.required === true);
    this.examples = sheet.columns.map((column) => normalise(column.example));
  }

  /** Why the row is none of the table's; null when it is one. `own` are its cells before merged ones were filled in. */
  whyNot(raw: RawRow, own: ReadRow['cells']): NotRead | null {
    if (!this.telling.some((i) => own[i]?.text !== '' || own[i]?.formula)) return this.closing(raw, own) ?? 'blank';
    return this.closing(raw, own) ?? (this.repeatsHeading(own) ? 'heading' : this.isExample(own) ? 'example' : null);
  }

  /** A total or a signature says its word in one cell and leaves what every row must have empty. */
  private closing(raw: RawRow, own: ReadRow['cells']): NotRead | null {
    const first = raw.cells.find((cell) => cell && cell.text.trim() !== '');
    const why = first?.kind === 'text' ? closingWord(normalise(first.text)) : null;
    if (!first || why === null) return null;
    const others = this.required.filter((i) => own[i]?.text !== '' && own[i]?.text !== first.text);
    return others.length === 0 || (why === 'total' && this.onlyCounts(own, others)) ? why : null;
  }

  /** `合计 | 52人 | 52户`: what fills a required cell of a total row is a count. */
  private onlyCounts(own: ReadRow['cells'], columns: readonly number[]): boolean {
    return columns.every((i) => /^\d{1,9}[\u4e00-\u9fff]?$/.test(normalise(own[i]?.text ?? '')));
  }

  private repeatsHeading(own: ReadRow['cells']): boolean {
    const said = [...this.found.headings].filter(([id, { text }]) => normalise(own[this.sheet.columns.findIndex((column) => column.id === id)]?.text ?? '') === normalise(text));
    return said.length >= 2 && said.length * 2 > this.found.headings.size;
  }

  private isExample(own: ReadRow['cells']): boolean {
    const filled = own.flatMap((cell, i) => (cell.text === '' ? [] : [i]));
    return filled.length >= 3 && filled.every((i) => normalise(own[i]?.text ?? '') === this.examples[i] || this.sheet.columns[i]?.kind.name === 'serial');
  }
}
