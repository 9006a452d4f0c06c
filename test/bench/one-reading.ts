import { createReadStream } from 'node:fs';
import { runInWorker } from '../../libs/workbook/src/index.js';
import { openBook } from '../../libs/workbook/src/read/open.js';
import { LIMITS } from '../../libs/workbook/src/read/source.js';
import { openZip } from '../../libs/workbook/src/read/xlsx/zip.js';
import type { RosterReport } from '../../apps/cooperative/src/roster/roster-report.js';

/** One reading in a process of its own, so that its memory is its own: prints seconds and the most memory it held, in MB. */
const READINGS: Record<string, (file: string) => Promise<number>> = {
  /** The floor: every part that holds cells or strings inflated, cells counted. */
  async scan(file) {
    const zip = await openZip(file, LIMITS);
    let cells = 0;
    for (const part of ['xl/sharedStrings.xml', 'xl/worksheets/sheet1.xml']) {
      for await (const chunk of zip.pieces(part)) for (let at = chunk.indexOf('<c '); at >= 0; at = chunk.indexOf('<c ', at + 3)) cells += 1;
    }
    zip.close();
    return cells;
  },
  async judge(file) {
    const worker = new URL('../../apps/cooperative/src/roster/roster-worker.js', import.meta.url);
    const run = { file, today: '2022-07-18', allowTestIds: true, cooperative: '测试01合作社' };
    const { totals } = await runInWorker<unknown, RosterReport>(worker, { run, outputs: { listed: 0 } });
    return totals.rows;
  },
  async text(file) {
    const book = await openBook(file);
    let cells = 0;
    for await (const rows of book.sheets[0]?.rows() ?? []) for (const row of rows) cells += row.cells.length;
    return cells;
  },
  /** The floor of a text: decoded and split at its line ends. */
  async lines(file) {
    const decoder = new TextDecoder('gb18030');
    let lines = 0;
    let rest = '';
    for await (const chunk of createReadStream(file, { highWaterMark: 262_144 }) as AsyncIterable<Buffer>) {
      const found = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = found.pop() ?? '';
      lines += found.length;
    }
    return lines;
  },
};

const [reading = '', file = ''] = process.argv.slice(2);
const begun = process.hrtime.bigint();
const found = await (READINGS[reading] as (path: string) => Promise<number>)(file);
const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
console.log(JSON.stringify({ found, seconds, memory: process.resourceUsage().maxRSS / 1024 }));
