import { basename } from 'node:path';
import { columnLetters } from '../package/cell-reference.js';
import type { Judgement } from '../judge/judgement.js';
import { VERDICTS, type VerdictKind } from '../judge/verdict.js';
import { rowXml, sheetXml } from '../export/sheet-xml.js';
import { EXAMPLES, type Marks } from './marks.js';
import type { Colour, OwnStyle, StyleBook } from './style-book.js';
import { type Headings, RESULT_HEADING, VERDICT_MEANS, VERDICT_WORDS } from './words.js';

export interface Summary {
  readonly file: string;
  readonly judgement: Judgement;
  readonly marks: Marks;
  readonly heading: Headings;
  /** The day the rows were judged for. */
  readonly on: string;
  /** What has to be said of the workbook besides: macros that did not come back. */
  readonly remarks: readonly string[];
}

type Line = readonly (readonly [value: string | number, style: OwnStyle])[];

const plain = (...values: readonly (string | number)[]): Line => values.map((value) => [value, {}]);
const wrapped = (text: string): Line => [[text, {}]];
const head = (...values: readonly string[]): Line => values.map((value) => [value, { bold: true, colour: 'quiet' }]);
const section = (title: string): Line => [[title, { bold: true, size: 12 }]];
const NOTHING: Line = [];

const COLOUR: Readonly<Record<VerdictKind, Colour>> = { ERROR: 'error', DUPLICATE: 'quiet', SUSPECT: 'suspect', UNCHANGED: 'quiet', UPDATE: 'change', NEW: 'good' };

const outcome = ({ judgement: { totals } }: Summary): Line[] => {
  const { ERROR: wrong, SUSPECT: doubtful, NEW: fresh, UPDATE: updated } = totals.byVerdict;
  const open = [wrong > 0 ? `${wrong} 行有错误要改正` : '', doubtful > 0 ? `${doubtful} 行疑似重复要判定` : ''].filter(Boolean);
  const ready = open.length > 0 ? `另有 ${open.join('，')}。` : '没有要改正或判定的行。';
  return [wrapped(`共 ${totals.rows} 行：${fresh + updated} 行可以导入（新增 ${fresh}，更新 ${updated}）。${ready}`)];
};

const verdicts = ({ judgement: { totals } }: Summary): Line[] => [
  section('各行的结果'),
  head('结果', '行数', '导入时'),
  ...VERDICTS.map((kind): Line => [[VERDICT_WORDS[kind], { colour: COLOUR[kind] }], [totals.byVerdict[kind], {}], [VERDICT_MEANS[kind], {}]]),
];

const sums = ({ judgement: { totals }, heading }: Summary): Line[] =>
  totals.sums.length === 0 ? [] : [
    section('合计'),
    head('列', '合计行所写', '各行之和', '可导入的行（重复的只计一次）'),
    ...totals.sums.map(({ column, stated, read, accepted }) => plain(heading(column), stated ?? '（没有合计行）', read, accepted)),
  ];

const SEVERITIES = { error: '错误', warning: '提醒', note: '说明' } as const;

const RANK = ['error', 'warning', 'note'];

const problems = ({ marks, heading }: Summary): Line[] => {
  const codes = [...marks.codes.values()].sort((a, b) => RANK.indexOf(a.reason.severity) - RANK.indexOf(b.reason.severity) || b.count - a.count);
  if (codes.length === 0) return [];
  return [
    section('问题'),
    head('问题', '次数', '列', '程度', '所在行'),
    ...codes.map(({ reason, count, rows }) => plain(reason.zh, count, heading(reason.column), SEVERITIES[reason.severity], `${rows.slice(0, EXAMPLES).join('、')}${rows.length > EXAMPLES ? '……' : ''}`)),
  ];
};

const rowsText = (rows: readonly number[]): string => (rows.length > 10 ? `${rows.slice(0, 10).join('、')}……共 ${rows.length} 行` : rows.join('、'));

const recognised = ({ judgement: { layout, extent }, heading }: Summary): Line[] => {
  const notRead = Map.groupBy(extent.notRead, ({ why }) => why);
  const words = { title: '标题', blank: '空行', heading: '表头', total: '合计', signature: '签字、落款', example: '示例' } as const;
  const [first, last] = layout.headingRows;
  return [
    section('读取情况（如有不对，请说明是哪张表、哪一行表头）'),
    plain('工作表', layout.sheet || '（文本文件）'),
    plain('表头所在行', first === last ? String(first) : `${first}-${last}`),
    plain('识别的列', [...layout.headings].map(([id, { text }]) => (text === heading(id) ? text : `${text}（作为${heading(id)}）`)).join('、')),
    ...(layout.unknown.length ? [plain('没有用到的列', layout.unknown.map((one) => one.heading).filter((one) => one !== RESULT_HEADING).join('、') || '（无）')] : []),
    ...(extent.hiddenRows.length ? [plain('隐藏的行（也读了）', rowsText(extent.hiddenRows))] : []),
    ...(layout.hiddenColumns.length ? [plain('隐藏的列（也读了）', `${layout.hiddenColumns.length} 列`)] : []),
    ...[...notRead].filter(([why]) => why !== 'blank' && why !== 'heading').map(([why, rows]) => plain(`没有读的行：${words[why]}`, rowsText(rows.map(({ row }) => row)))),
    ...layout.remarks.map(({ zh }) => plain('注意', zh)),
  ];
};

const nextSteps = ({ judgement: { layout, totals }, remarks }: Summary): Line[] => {
  const table = layout.sheet ? `“${layout.sheet}”表` : '表';
  const { ERROR: wrong, SUSPECT: doubtful } = totals.byVerdict;
  const steps = [
    ...(wrong ? [`红色单元格有错误：在${table}的“${RESULT_HEADING}”列筛选“错误”，按批注改正。`] : []),
    ...(doubtful ? ['橙色单元格疑似重复：确认是不是同一个人或同一块地，写错的改正；没有写错的，导入时由经办人判定。'] : []),
    '黄色单元格只是提醒，不改也能导入；蓝色单元格与已登记的不同，导入时按表中所写更新。',
    wrong + doubtful ? '改好后保存，把这个文件原样交回：核对列、颜色、批注和这张说明都不用删，下次会自动更新。也可以只交改正过的行。' : '可以导入。这个文件留作底稿即可。',
    '原来的文件没有改动。',
    ...remarks,
  ];
  return [section('接下来怎么做'), ...steps.map((step, i) => wrapped(`${i + 1}. ${step}`))];
};

const lines = (summary: Summary): Line[] => [
  [['核对说明', { bold: true, size: 16 }]],
  wrapped(`文件：${basename(summary.file)}　核对日期：${summary.on}`),
  NOTHING,
  ...[outcome, nextSteps, verdicts, sums, problems, recognised].flatMap((part) => {
    const made = part(summary);
    return made.length > 0 ? [...made, NOTHING] : [];
  }),
];

const WIDTHS = [30, 14, 32, 28, 24];
const LINE = 18;

const wide = (text: string): number => [...text].reduce((n, c) => n + (c > '\u2e80' ? 2 : 1), 0);
/** A last text that has no room in its column goes on over the columns behind it, and is as tall as it needs. */
const spread = (line: Line): boolean => line.length > 0 && line.length <= 2 && wide(String(line.at(-1)?.[0])) > (WIDTHS[line.length - 1] ?? 0);

const room = (line: Line, i: number): number => (spread(line) && i === line.length - 1 ? WIDTHS.slice(i).reduce((sum, width) => sum + width, 0) : (WIDTHS[i] ?? 0));

const heightOf = (line: Line): number => {
  const size = Math.max(11, ...line.map(([, style]) => style.size ?? 11));
  return Math.max(1, ...line.map(([value], i) => Math.ceil(wide(String(value)) / room(line, i)))) * LINE * (size / 11);
};

/** The first sheet, in plain Chinese: how many of what, the totals beside the total row, what to do next. */
export const summarySheet = (summary: Summary, styles: StyleBook, { selected }: { selected: boolean }): AsyncIterable<Buffer> => {
  const all = lines(summary);
  const merges = all.flatMap((line, i) => (spread(line) ? [`<mergeCell ref="${columnLetters(line.length)}${i + 1}:${columnLetters(WIDTHS.length)}${i + 1}"/>`] : []));
  const tail = (): string => `${merges.length > 0 ? `<mergeCells count="${merges.length}">${merges.join('')}</mergeCells>` : ''}<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>`;
  return sheetXml(
    { widths: WIDTHS, selected, fitted: true, tail },
    all.map((line, i) => rowXml(i + 1, line.map(([value, style]) => ({ value, style: styles.own({ ...style, wrap: true }) })), heightOf(line))),
  );
};
