import { normalise } from '#standards';
import type { Sheet } from '../sheet/define-sheet.js';
import type { Cell, ReadRow } from './cell.js';
import type { FoundHeading } from './heading.js';
import type { NotRead } from './layout.js';
import type { RawRow } from './source.js';

const TOTAL = /^(本页|本组|本村|全村|以上)?(合计|总计|小计|共计|累计|总数|总和)(数|人数|户数|面积)?[:：]?$/;
const SIGNATURE = /^(填表人?|制表人?|填报人?|经办人?|复核人?|审核人?|审批人?|负责人|理事长|村?书记|主任|单位负责人|联系人|签字|签名|盖章|填表日期|填报日期|填报时间|制表日期|日期|年月日|备注说明|说明|备注|注|注意事项|填表说明)[^:：]{0,12}[:：(（]|^(填表人|制表人|填报人|经办人|审核人|负责人)(签字|签名|盖章)?$|^\(?(签字|签名|盖章|公章)\)?$/;

/** `合计 | 52人 | 52户` */
const COUNT = /^\d{1,9}[\u4e00-\u9fff]?$/;
/** Names, words and dates of those who sign; never a number as long as a person's. */
const NO_NUMBER = /^(?!.*\d{6})/;

const says = (cell: Cell | undefined): boolean => cell !== undefined && (cell.text.trim() !== '' || cell.formula === true);
const closingWord = (text: string): 'total' | 'signature' | null => (TOTAL.test(text) ? 'total' : SIGNATURE.test(text) ? 'signature' : null);

/** What `normalise` neither changes nor removes: a text that begins with another such letter is another text. */
const isOrdinary = (code: number): boolean => (code > 32 && code < 127) || (code >= 0x4e00 && code <= 0x9fff);
/** Whether the text comes to this word; most do not, by their first letter. */
const comesTo = (text: string, word: string): boolean => {
  if (text === word) return true;
  if (text.length < word.length || (isOrdinary(text.charCodeAt(0)) && text.charCodeAt(0) !== word.charCodeAt(0))) return false;
  return normalise(text) === word;
};

/** Tells rows of the table from what else stands below a heading. */
export class RowSort {
  private readonly telling: readonly number[];
  private readonly required: readonly number[];
  private readonly examples: readonly string[];
  /** By position: a number within the list, which says nothing. */
  private readonly serials: readonly boolean[];
  private readonly headings: readonly (readonly [position: number, text: string])[];

  constructor(
    sheet: Pick<Sheet, 'columns'>,
    found: FoundHeading,
  ) {
    const positions = (want: (column: Sheet['columns'][number]) => boolean) => sheet.columns.flatMap((column, i) => (want(column) && found.columns.has(column.id) ? [i] : []));
    this.telling = positions((column) => column.kind.name !== 'serial');
    this.required = positions((column) => column.required === true);
    this.serials = sheet.columns.map(({ kind }) => kind.name === 'serial');
    this.examples = sheet.columns.map((column) => normalise(column.example));
    this.headings = [...found.headings].map(([id, { text }]) => [sheet.columns.findIndex((column) => column.id === id), normalise(text)] as const);
  }

  /** Why the row is none of the table's; null when it is one. `own` are its cells before merged ones were filled in. */
  whyNot(raw: RawRow, own: ReadRow['cells']): NotRead | null {
    if (!this.telling.some((i) => says(own[i]))) return this.closing(raw, own) ?? 'blank';
    return this.closing(raw, own) ?? (this.repeatsHeading(own) ? 'heading' : this.isExample(own) ? 'example' : null);
  }

  /** A total or a signature says its word in its first cell, and what every row must have is empty there, or no more than a count or a name. */
  private closing(raw: RawRow, own: ReadRow['cells']): NotRead | null {
    const first = raw.cells.find((cell) => cell && cell.text.trim() !== '');
    const why = first?.kind === 'text' ? closingWord(normalise(first.text)) : null;
    if (!first || why === null) return null;
    const others = this.required.map((i) => normalise(own[i]?.text ?? '')).filter((text) => text !== '' && text !== normalise(first.text));
    return others.every((text) => (why === 'total' ? COUNT : NO_NUMBER).test(text)) ? why : null;
  }

  private repeatsHeading(own: ReadRow['cells']): boolean {
    let others = 0;
    for (const [i, text] of this.headings) {
      if (!comesTo(own[i]?.text ?? '', text)) others += 1;
      if (others * 2 >= this.headings.length) return false;
    }
    return this.headings.length - others >= 2;
  }

  private isExample(own: ReadRow['cells']): boolean {
    let filled = 0;
    for (let i = 0; i < own.length; i += 1) {
      const text = own[i]?.text ?? '';
      if (text === '') continue;
      filled += 1;
      if (!this.serials[i] && !comesTo(text, this.examples[i] ?? '')) return false;
    }
    return filled >= 3;
  }
}
