import type { Text } from '#decider';
import type { Judgement } from '../judge/judgement.js';
import type { Sheet } from '../sheet/define-sheet.js';

export interface ToGiveBack {
  /** The user's file, of any format that is read. */
  readonly input: string;
  readonly output: string;
  /** What the user calls the file, where it is another than the one read. */
  readonly file?: string;
  readonly judgement: Judgement;
  readonly sheet: Pick<Sheet, 'columns'>;
  /** The day the rows were judged for. */
  readonly on: string;
}

export interface GivenBack {
  /** Where the result stands: `Q`. */
  readonly resultColumn: string;
  readonly comments: number;
  /** What did not come back, or not as it was. */
  readonly remarks: readonly Text[];
}
