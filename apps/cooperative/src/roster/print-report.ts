import { type Extent, type Layout, type NotRead, RESULT_HEADING, VERDICTS, type VerdictKind } from '#workbook';
import { memberRoster } from './member-roster.sheet.js';
import type { ListedRow, RosterReport } from './roster-report.js';

const VERDICT_WORDS: Readonly<Record<VerdictKind, string>> = { ERROR: '错误', DUPLICATE: '重复', SUSPECT: '疑似重复', UNCHANGED: '无变化', UPDATE: '更新', NEW: '新增' };
const WHY_WORDS: Readonly<Record<NotRead, string>> = { title: '标题', blank: '空行', heading: '重复的表头', total: '合计', signature: '签名或说明', example: '示例' };

const letter = (column: number): string => (column > 26 ? letter(Math.floor((column - 1) / 26)) : '') + String.fromCharCode(65 + ((column - 1) % 26));
const heading = (id: string): string => memberRoster.columns.find((column) => column.id === id)?.heading ?? id;
const line = (label: string, text: string): string[] => (text === '' ? [] : [`  ${label}:${text}`]);

const layoutLines = (layout: Layout): string[] => {
  const [first, last] = layout.headingRows;
  return [
    '读取 / what was taken for what',
    ...line('格式', [layout.format, layout.encoding, layout.delimiter && JSON.stringify(layout.delimiter)].filter(Boolean).join(' ')),
    ...line('工作表', `${layout.sheet}${layout.sheetHidden ? '(隐藏)' : ''}`),
    ...line('未读的同类工作表', layout.otherSheets.join('、')),
    ...line('表头', first === last ? `第 ${first} 行` : `第 ${first}–${last} 行`),
    ...line('列', [...layout.columns].map(([id, column]) => `${letter(column)} ${layout.headings.get(id)?.text.replace(/\s+/g, '') ?? ''} → ${heading(id)}`).join(',')),
    ...line('没有的列', layout.missing.map(heading).join('、')),
    ...line('不认识的列', layout.unknown.filter(({ heading: text }) => text !== RESULT_HEADING).map(({ heading: text, column }) => `${letter(column)} ${text}`).join('、')),
    ...line('重复的列（未读）', layout.repeated.map(({ heading: text, column }) => `${letter(column)} ${text}`).join('、')),
    ...line('隐藏的列（已读）', layout.hiddenColumns.map(letter).join('、')),
  ];
};

const extentLines = ({ firstRow, lastRow, hiddenRows, notRead }: Extent): string[] => {
  const why = [...new Set(notRead.map((row) => row.why))].map((one) => `${WHY_WORDS[one]} ${notRead.filter((row) => row.why === one).map(({ row }) => row).slice(0, 20).join('、')}`);
  return [...line('数据行', `第 ${firstRow}–${lastRow} 行`), ...line('隐藏的行（已读）', hiddenRows.slice(0, 50).join('、')), ...line('未读的行', why.join('；'))];
};

const rowLine = ({ row, name, verdict, reasons, changes, other }: ListedRow): string => {
  const said = reasons.filter(({ severity }) => severity !== 'note').map((reason) => `${heading(reason.column)}:${reason.zh}${reason.read ? `(${reason.read})` : ''}${reason.right ? ` → ${reason.right}` : ''} [${reason.code}]`);
  const changed = changes.map(({ column, before, after }) => `${heading(column)}:${before} → ${after}`);
  const to = other === undefined ? '' : other === 'known' ? '(与已登记的比较)' : `(见第 ${other} 行)`;
  return `  ${String(row).padStart(6)}  ${VERDICT_WORDS[verdict]}  ${name}  ${[...said, ...changed].join(';')}${to}`;
};

/** What a terminal shows of a judged roster; nothing of a person in full. */
export const printReport = ({ layout, extent, totals, cooperative, otherNames, listed, unlisted, returned }: RosterReport): string =>
  [
    ...layoutLines(layout),
    ...extentLines(extent),
    ...line('合作社', cooperative),
    ...line('文件中写的是', otherNames.join('、')),
    ...layout.remarks.map((remark) => `  ! ${remark.zh} / ${remark.en}`),
    '',
    '需要看的行 / rows to look at',
    ...(listed.length > 0 ? listed.map(rowLine) : ['  无 / none']),
    ...(unlisted > 0 ? [`  … 还有 ${unlisted} 行，见 --verdicts 文件`] : []),
    '',
    '结果 / verdicts',
    ...VERDICTS.map((kind) => `  ${VERDICT_WORDS[kind]} ${kind}: ${totals.byVerdict[kind]}`),
    `  共 ${totals.rows} 行 / rows`,
    ...totals.sums.map(({ column, stated, read, accepted }) => `  ${heading(column)}：合计行 ${stated ?? '无'}，读到 ${read}，接受 ${accepted}`),
    ...(returned ? ['', `已写好 / written: ${returned.file}（结果在 ${returned.resultColumn} 列，批注 ${returned.comments} 处）`, ...returned.remarks.map((remark) => `  ! ${remark.zh} / ${remark.en}`)] : []),
    '',
  ].join('\n');
