import type { Reason, RowVerdict, VerdictKind } from '../judge/verdict.js';

/** What a returned workbook is known by when it comes again: nobody else names a sheet or a column so. */
export const RESULT_HEADING = '双绑核对结果';
export const SUMMARY_SHEET = '双绑核对说明';
export const MEMORY_SHEET = '双绑核对记录';
/** Opens our part of a comment. */
export const COMMENT_MARK = '【双绑核对】';

export const VERDICT_WORDS: Readonly<Record<VerdictKind, string>> = { ERROR: '错误', DUPLICATE: '重复', SUSPECT: '疑似重复', UNCHANGED: '无变化', UPDATE: '更新', NEW: '新增' };
export const VERDICT_MEANS: Readonly<Record<VerdictKind, string>> = {
  ERROR: '改正前不导入', DUPLICATE: '与前面的行相同，不再导入', SUSPECT: '等待人工判定是否同一人或同一地块', UNCHANGED: '与已登记的一致，不需导入', UPDATE: '导入时记录差异', NEW: '导入时登记',
};

export type Headings = (column: string) => string;

const otherRow = (other: string | undefined): string => (other === undefined ? '' : /^\d+$/.test(other) ? `见第 ${other} 行` : '见已登记的记录');

/** One reason in a line, for the result column. */
const line = ({ zh, column, right, other }: Reason, heading: Headings): string => {
  const more = [right ?? '', otherRow(other)].filter(Boolean).join('，');
  return `${heading(column)}：${zh}${more ? `（${more}）` : ''}`;
};

/** What the result column says of a row. Notes are counted on the first sheet; here they would drown what is to be done. */
export const resultText = ({ verdict, reasons, changes, other }: RowVerdict, heading: Headings): string => {
  const said = [
    ...changes.map(({ column, before, after }) => `${heading(column)}：${before || '（空）'} → ${after || '（空）'}`),
    ...reasons.filter(({ severity }) => severity !== 'note').map((reason) => line(reason, heading)),
  ];
  const head = verdict === 'DUPLICATE' && other ? `${VERDICT_WORDS[verdict]}（${otherRow(other)}）` : VERDICT_WORDS[verdict];
  return said.length > 0 ? `${head}：${said.join('；')}` : head;
};

/** What the comment on a cell says of it. */
export const commentText = (reasons: readonly Reason[]): string =>
  [COMMENT_MARK, ...reasons.map(({ zh, read, right, other }) => [zh, read ? `读到：${read}` : '', right ? `→ ${right}` : '', otherRow(other)].filter(Boolean).join('\n'))].join('\n');
