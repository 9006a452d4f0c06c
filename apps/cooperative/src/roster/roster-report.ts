import { type GivenBack, giveBack, isAccepted, type Judgement, type ReadRow, type Reason, type RowVerdict } from '#workbook';
import { ACCEPTED_COLUMNS, acceptedLine } from './accepted-lines.js';
import { csvFile } from './csv-file.js';
import { judgeRoster, type JudgedRoster, type RosterRun } from './judge-roster.js';
import { maskName, maskNumber } from './mask.js';
import { memberRoster } from './member-roster.sheet.js';
import { VERDICT_COLUMNS, verdictLine } from './verdict-lines.js';

/** What else is to be made of a judged roster. */
export interface RosterOutputs {
  /** Where the user's workbook goes with what was found written into it. */
  readonly out?: string;
  readonly verdicts?: string;
  readonly accepted?: string;
  /** How many rows to list, those that need a person first come first served; all for a machine. */
  readonly listed: number | 'all';
}

/** A row as a terminal may show it. */
export interface ListedRow extends RowVerdict {
  readonly name: string;
}

export interface RosterReport extends Pick<Judgement, 'layout' | 'extent' | 'totals'> {
  readonly cooperative: string;
  readonly otherNames: readonly string[];
  readonly listed: readonly ListedRow[];
  /** Rows that would have been listed beyond the limit. */
  readonly unlisted: number;
  readonly returned?: GivenBack & { readonly file: string };
}

const MASKS = new Map(memberRoster.columns.map(({ id, mask }) => [id as string, mask]));
/** Wherever a number as long as a person's stands, it is masked. */
const masked = (column: string, text: string): string => (MASKS.get(column) ?? ((value: string) => value.replace(/\d{11,18}[\dXx]?/g, maskNumber)))(text);
const maskedReason = (reason: Reason): Reason => ({ ...reason, read: reason.read === undefined ? undefined : masked(reason.column, reason.read), right: reason.right?.replace(/\d{15,18}[\dXx]?/g, maskNumber) });
const maskedRow = (verdict: RowVerdict, name: string): ListedRow => ({
  ...verdict,
  name: maskName(name),
  reasons: verdict.reasons.map(maskedReason),
  changes: verdict.changes.map(({ column, before, after }) => ({ column, before: masked(column, before), after: masked(column, after) })),
});

const nameIn = (row: ReadRow): string => row.cells[1]?.text.trim() ?? '';
const needsPerson = ({ verdict, reasons }: RowVerdict): boolean => (verdict !== 'NEW' && verdict !== 'UNCHANGED') || reasons.some(({ severity }) => severity !== 'note');

/** What the user's own files get: every verdict, and the accepted rows as they would be known. */
const filesFor = (judged: JudgedRoster, outputs: RosterOutputs) => {
  // Verdicts are compared by programs, text for text; what was accepted goes back into people's tables.
  const verdicts = outputs.verdicts === undefined ? null : csvFile(outputs.verdicts, VERDICT_COLUMNS, { calculated: 'as read' });
  const accepted = outputs.accepted === undefined ? null : csvFile(outputs.accepted, ACCEPTED_COLUMNS, { calculated: 'none' });
  return {
    async write(row: ReadRow, verdict: RowVerdict): Promise<void> {
      if (verdicts) await verdicts.write(verdictLine(verdict, { no: row.cells[0]?.text ?? '', name: nameIn(row) }));
      if (accepted && isAccepted(verdict.verdict)) await accepted.write(acceptedLine(judged.cooperative, judged.judging.recorded(row)));
    },
    async close(): Promise<void> {
      await verdicts?.close();
      await accepted?.close();
    },
  };
};

/** The rows that are shown: all, or those that need a person up to a number of them. */
const listFor = (most: RosterOutputs['listed']) => {
  const listed: ListedRow[] = [];
  let unlisted = 0;
  return {
    show(row: ReadRow, verdict: RowVerdict): void {
      if (most !== 'all' && !needsPerson(verdict)) return;
      if (most === 'all' || listed.length < most) listed.push(maskedRow(verdict, nameIn(row)));
      else unlisted += 1;
    },
    shown: () => ({ listed, unlisted }),
  };
};

/** Walks the rows once more beside their verdicts. */
const walk = async (judged: JudgedRoster, outputs: RosterOutputs): Promise<Pick<RosterReport, 'listed' | 'unlisted'>> => {
  if (outputs.listed === 0 && outputs.verdicts === undefined && outputs.accepted === undefined) return { listed: [], unlisted: 0 };
  const verdicts = judged.judging.verdicts();
  const files = filesFor(judged, outputs);
  const list = listFor(outputs.listed);
  for await (const rows of judged.table.rows()) {
    for (const row of rows) {
      const verdict = verdicts.next().value as RowVerdict;
      await files.write(row, verdict);
      list.show(row, verdict);
    }
  }
  await files.close();
  return list.shown();
};

const returned = async (run: RosterRun, { out }: RosterOutputs, judged: JudgedRoster): Promise<RosterReport['returned']> =>
  out === undefined ? undefined : { ...(await giveBack({ input: run.file, output: out, judgement: judged, sheet: memberRoster, on: run.today })), file: out };

/** Judges a roster and writes what was asked for. @throws Unreadable */
export const reportRoster = async (run: RosterRun, outputs: RosterOutputs, onProgress?: (rows: number) => void): Promise<RosterReport> => {
  const judged = await judgeRoster(run, ({ rows }) => onProgress?.(rows));
  try {
    const { layout, extent, totals, cooperative, otherNames } = judged;
    return { layout, extent, totals, cooperative, otherNames, ...(await walk(judged, outputs)), returned: await returned(run, outputs, judged) };
  } finally {
    judged.book.close();
  }
};
