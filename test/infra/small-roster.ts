import type { Judgement, Layout, Reason, RowVerdict, VerdictKind } from '#workbook';

const HEADINGS = ['no', 'name', 'id', 'village', 'area', 'joined', 'remark'] as const;
const WRITTEN = ['序号', '姓名', '身份证号', '所属村', '面积(亩)', '入社日期', '备注'];
export const COLUMNS = HEADINGS.map((id, i) => ({ id, heading: (WRITTEN[i] ?? '').replace(/\(.*/, '') }));

const reason = (code: string, column: string, zh: string, more: Partial<Reason> = {}): Reason => ({ code, column, severity: 'error', zh, en: code, ...more });
const row = (number: number, verdict: VerdictKind, more: Partial<RowVerdict> = {}): RowVerdict => ({ row: number, verdict, reasons: [], changes: [], ...more });

/** Verdicts on the rows of the workbooks in libs/workbook/fixtures, one of each kind; a reason in a merged cell among them. */
export const VERDICTS_BY_HAND: readonly RowVerdict[] = [
  row(4, 'NEW'),
  row(5, 'DUPLICATE', { other: '4' }),
  row(6, 'UPDATE', { changes: [{ column: 'area', before: '3.20', after: '3.50' }], reasons: [reason('village-former-name', 'village', '用的是旧名', { severity: 'warning', read: '白鹿村' })] }),
  row(7, 'UNCHANGED'),
  row(8, 'NEW', { reasons: [reason('crop-unknown', 'remark', '备注里的作物不在表中', { severity: 'warning', read: '老社员' })] }),
  row(9, 'ERROR', { reasons: [reason('id-missing', 'id', '没有身份证号'), reason('area-not-positive', 'area', '面积不是正数', { read: '-1' })] }),
  row(10, 'ERROR', { reasons: [reason('village-unknown', 'village', '没有这个村', { read: '不存在村', right: '营庄村 <或> "白鹿村"' })] }),
  row(11, 'SUSPECT', { other: '4', reasons: [reason('similar-person', 'name', '与第 4 行可能是同一人', { severity: 'warning', other: '4' })] }),
];

/** What the reading would say of such a workbook. */
export const judgedByHand = (changes: { verdicts?: readonly RowVerdict[]; layout?: Partial<Layout>; lastRow?: number } = {}): Judgement => {
  const verdicts = changes.verdicts ?? VERDICTS_BY_HAND;
  const count = (kind: VerdictKind) => verdicts.filter(({ verdict }) => verdict === kind).length;
  const layout: Layout = {
    format: 'xlsx', sheet: '花名册', sheetHidden: false, otherSheets: [], headingRows: [3, 3], columns: new Map(HEADINGS.map((id, i) => [id, i + 1])),
    headings: new Map(HEADINGS.map((id, i) => [id, { text: WRITTEN[i] ?? '' }])), missing: [], unknown: [], repeated: [], hiddenColumns: [], titles: ['成员花名册'], remarks: [], ...changes.layout,
  };
  return {
    layout, verdicts,
    extent: { firstRow: 4, lastRow: changes.lastRow ?? 11, totalRow: 12, stated: new Map([['area', '25.75']]), hiddenRows: [], notRead: [{ row: 1, why: 'title' }, { row: 12, why: 'total' }] },
    totals: {
      rows: verdicts.length, sums: [{ column: 'area', stated: '25.75', read: '26.75', accepted: '11.75' }],
      byVerdict: { ERROR: count('ERROR'), DUPLICATE: count('DUPLICATE'), SUSPECT: count('SUSPECT'), UNCHANGED: count('UNCHANGED'), UPDATE: count('UPDATE'), NEW: count('NEW') },
    },
  };
};
