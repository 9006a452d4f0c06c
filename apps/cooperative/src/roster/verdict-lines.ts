import type { Reason, RowVerdict } from '#workbook';

export const VERDICT_COLUMNS = ['sheet_row', 'no', 'name', 'verdict', 'errors', 'warnings', 'other'] as const;

const codes = (reasons: readonly Reason[], severity: Reason['severity']): string =>
  reasons.filter((reason) => reason.severity === severity).map(({ code, column }) => `${code}@${column}`).join(' ');

/** One line of the file of verdicts; an UPDATE says each field before and after. */
export const verdictLine = ({ row, verdict, reasons, changes, other }: RowVerdict, { no, name }: { no: string; name: string }): string[] => {
  const changed = verdict === 'UPDATE' ? changes.map(({ column, before, after }) => `${column}: ${before} -> ${after}`).join('; ') : (other ?? '');
  return [String(row), no, name, verdict, codes(reasons, 'error'), codes(reasons, 'warning'), changed];
};
