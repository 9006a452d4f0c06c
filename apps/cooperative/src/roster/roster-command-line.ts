import { refuseInput, runInWorker, Unreadable } from '#workbook';
import { maskText } from './mask.js';
import { printReport } from './print-report.js';
import { Misuse, rosterOptions, templateOptions, USAGE } from './roster-options.js';
import type { RosterReport } from './roster-report.js';
import { writeRosterTemplate } from './roster-template.js';

const LISTED = 200;
/** 0: no ERROR and no SUSPECT · 1: some · 2: the file could not be read, or the command not understood. */
const statusOf = ({ totals: { byVerdict } }: RosterReport): number => (byVerdict.ERROR + byVerdict.SUSPECT > 0 ? 1 : 0);

const asJson = (report: RosterReport): string => `${JSON.stringify(report, (_, value: unknown) => (value instanceof Map ? Object.fromEntries(value) : value), 2)}\n`;

const showProgress = (rows: number): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r${rows} 行 `);
};

const judge = async (args: readonly string[]): Promise<number> => {
  const { run: roster, out, verdicts, accepted, json } = rosterOptions(args, Date.now());
  if (out !== undefined) await refuseInput(roster.file, out);
  const cancel = new AbortController();
  process.once('SIGINT', () => cancel.abort());
  const outputs = { out, verdicts, accepted, listed: json ? 'all' : LISTED };
  const report = await runInWorker<unknown, RosterReport, number>(new URL('./roster-worker.js', import.meta.url), { run: roster, outputs }, { onProgress: showProgress, signal: cancel.signal });
  process.stdout.write(maskText(json ? asJson(report) : printReport(report)));
  return statusOf(report);
};

const run = async (args: readonly string[]): Promise<number> => {
  const template = templateOptions(args, Date.now());
  if (!template) return judge(args);
  await writeRosterTemplate(template);
  process.stdout.write(`${template.file}\n`);
  return 0;
};

const explain = (error: unknown): string => {
  if (error instanceof Unreadable) return `${error.zh}\n${error.en}\n`;
  if (error instanceof Misuse) return `${error.message}\n${USAGE}\n`;
  return `${(error as Error).message}\n`;
};

process.exitCode = await run(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(explain(error));
  return 2;
});
