import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import yauzl from 'yauzl';
import { exportCsv, type ExportList, exportParquet, exportXlsx, giveBack, type Judgement, type RowVerdict } from '#workbook';

const BATCH = 1000;
const KINDS = { text: ['姓名', '身份证号', '与户主关系', '户主姓名', '所属镇', '所属村', '组', '承包地块编码', '作物', '联系电话', '绑定方式', '备注'], number: ['面积(亩)', '出资额'], day: ['入社日期'] };
const MORE = ['序号', '合作社', '龙头企业', '合同', '交售量', '结算额'];

/** A member's line as lists hold them: half of the values are the same in many rows, the others are the row's own. */
const lineOf = (i: number): (string | number)[] => [
  `测试${i % 9973}`, String(410_308_196_001_010_000 + i).padStart(18, '4'), '户主', `测试${i % 4001}`, '送庄镇', `白鹿庄村${i % 40}`, `${(i % 12) + 1}组`, `4103081032${String(i).padStart(9, '0')}`, '桃',
  `138${String(i % 100_000_000).padStart(8, '0')}`, '成员', i % 7 ? '' : '备注, 有逗号', (i % 900) / 100 + 0.5, 1000, `2022-03-${String((i % 28) + 1).padStart(2, '0')}`, i + 1, '测试01合作社', `企业${i % 30}`, (i % 5000) / 10, (i % 70_000) / 100,
];

const columnsOf = (width: number): ExportList['columns'] =>
  [...KINDS.text.map((heading) => ({ heading, kind: 'text' as const })), ...KINDS.number.map((heading) => ({ heading, kind: 'number' as const })), ...KINDS.day.map((heading) => ({ heading, kind: 'day' as const })), { heading: MORE[0] ?? '', kind: 'number' as const },
    ...MORE.slice(1, 3).map((heading) => ({ heading, kind: 'text' as const })), ...MORE.slice(4).map((heading) => ({ heading, kind: 'number' as const }))].slice(0, width);

/** Rows made as they are asked for: nothing of the measured memory is theirs. */
const batchesOf = function* (rows: number, width: number) {
  for (let from = 0; from < rows; from += BATCH) yield Array.from({ length: Math.min(BATCH, rows - from) }, (_, i) => lineOf(from + i).slice(0, width));
};

const listOf = (rows: number, width: number): ExportList => ({
  title: '成员名册', reportedBy: '测试01合作社', asOf: '2022-07-18', generatedAt: '2022-07-18 08:00', again: [], columns: columnsOf(width), batches: batchesOf(rows, width),
});

/** The limit of every export: the same values joined by commas, nothing looked at. */
const commas = async (rows: number, file: string): Promise<void> => {
  const to = createWriteStream(file);
  for (const batch of batchesOf(rows, 20)) if (!to.write(`${batch.map((line) => line.join(',')).join('\n')}\n`)) await once(to, 'drain');
  to.end();
  await once(to, 'close');
};

/** The limit of giving back: the sheet inflated once, its cells counted. */
const scan = async (file: string): Promise<void> => {
  const zip = await yauzl.openPromise(file, { lazyEntries: true, autoClose: false });
  let cells = 0;
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName !== 'xl/worksheets/sheet1.xml') continue;
    for await (const piece of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) for (let at = piece.indexOf('<c '); at >= 0; at = piece.indexOf('<c ', at + 3)) cells += 1;
  }
  zip.close();
  if (cells === 0) throw new Error('no cells');
};

const COMMENTS = 1000;

const verdictsOf = function* (rows: number): Generator<RowVerdict> {
  const every = Math.max(1, Math.floor(rows / COMMENTS));
  for (let i = 0; i < rows; i += 1) {
    const wrong = i % every === 0;
    yield { row: i + 4, verdict: wrong ? 'ERROR' : 'NEW', changes: [], reasons: wrong ? [{ code: 'id-check-digit', column: 'c1', severity: 'error', zh: '校验码不对', en: 'check digit', read: '410308196001010000', right: '410308196001010001' }] : [] };
  }
};

const judgementOf = (rows: number): Judgement => ({
  layout: {
    format: 'xlsx', sheet: '成员名册', sheetHidden: false, otherSheets: [], headingRows: [3, 3], columns: new Map(Array.from({ length: 16 }, (_, i) => [`c${i}`, i + 1])),
    headings: new Map(), missing: [], unknown: [], repeated: [], hiddenColumns: [], titles: [], remarks: [],
  },
  extent: { firstRow: 4, lastRow: rows + 3, totalRow: null, stated: new Map(), hiddenRows: [], notRead: [] },
  totals: { rows, sums: [], byVerdict: { ERROR: COMMENTS, DUPLICATE: 0, SUSPECT: 0, UNCHANGED: 0, UPDATE: 0, NEW: rows - COMMENTS } },
  verdicts: { [Symbol.iterator]: () => verdictsOf(rows) },
});

const TASKS: Record<string, (rows: number, folder: string) => Promise<unknown>> = {
  make: (rows, folder) => exportXlsx(listOf(rows, 16), createWriteStream(join(folder, 'roster.xlsx'))),
  scan: (_, folder) => scan(join(folder, 'roster.xlsx')),
  'give-back': (rows, folder) => giveBack({ input: join(folder, 'roster.xlsx'), output: join(folder, 'returned.xlsx'), judgement: judgementOf(rows), sheet: { columns: [] }, on: '2022-07-18' }),
  commas: (rows, folder) => commas(rows, join(folder, 'commas.txt')),
  csv: (rows, folder) => exportCsv(listOf(rows, 20), createWriteStream(join(folder, 'list.csv'))),
  xlsx: (rows, folder) => exportXlsx(listOf(rows, 20), createWriteStream(join(folder, 'list.xlsx'))),
  parquet: (rows, folder) => exportParquet(listOf(rows, 20), createWriteStream(join(folder, 'list.parquet'))),
};

/** One task in a process of its own, so that the memory is its own: prints seconds and MB. */
const [task = '', rows = '', folder = ''] = process.argv.slice(2);
const begun = performance.now();
await TASKS[task]?.(Number(rows), folder);
console.log(JSON.stringify({ seconds: (performance.now() - begun) / 1000, megabytes: process.resourceUsage().maxRSS / 1024 }));
