import { isAccepted, type Judgement, type Reason, type RowVerdict } from '#workbook';
import { ACCEPTED_COLUMNS, acceptedLine } from './accepted-lines.js';
import { csvFile } from './csv-file.js';
import { judgeRoster, type JudgedRoster, type RosterRun } from './judge-roster.js';
import { maskName, maskNumber } from './mask.js';
import { memberRoster } from './member-roster.sheet.js';
import { VERDICT_COLUMNS, verdictLine } from './verdict-lines.js';

/** What else is to be made of a judged roster. */
export interface RosterOutputs {
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

const needsPerson = ({ verdict, reasons }: RowVerdict): boolean => (verdict !== 'NEW' && verdict !== 'UNCHANGED') || reasons.some(({ severity }) => severity !== 'note');

/** Walks the rows once more beside their verdicts, for what only the user's own files may hold. */
const walk = async (judged: JudgedRoster, outputs: RosterOutputs): Promise<Pick<RosterReport, 'listed' | 'unlisted'>> => {
  const verdicts = judged.judging.verdicts();
  const files = { verdicts: outputs.verdicts && csvFile(outputs.verdicts, VERDICT_COLUMNS), accepted: outputs.accepted && csvFile(outputs.accepted, ACCEPTED_COLUMNS) };
  const listed: ListedRow[] = [];
  let unlisted = 0;
  for await (const rows of judged.table.rows()) {
    for (const row of rows) {
      const verdict = verdicts.next().value as RowVerdict;
      const [no, name] = [row.cells[0]?.text ?? '', row.cells[1]?.text.trim() ?? ''];
      if (files.verdicts) await files.verdicts.write(verdictLine(verdict, { no, name }));
      if (files.accepted && isAccepted(verdict.verdict)) await files.accepted.write(acceptedLine(judged.cooperative, judged.judging.recorded(row)));
      if (outputs.listed !== 'all' && !needsPerson(verdict)) continue;
      if (outputs.listed === 'all' || listed.length < outputs.listed) listed.push(maskedRow(verdict, name));
      else unlisted += 1;
    }
  }
  for (const file of [files.verdicts, files.accepted]) if (file) await file.close();
  return { listed, unlisted };
};

/** Judges a roster and writes what was asked for. @throws Unreadable */
export const reportRoster = async (run: RosterRun, outputs: RosterOutputs, onProgress?: (rows: number) => void): Promise<RosterReport> => {
  const judged = await judgeRoster(run, ({ rows }) => onProgress?.(rows));
  try {
    const { layout, extent, totals, cooperative, otherNames } = judged;
    return { layout, extent, totals, cooperative, otherNames, ...(await walk(judged, outputs)) };
  } finally {
    judged.book.close();
  }
};
