import { runInWorker, Unreadable } from '#workbook';
import { printReport } from './print-report.js';
import { Misuse, rosterOptions, USAGE } from './roster-options.js';
import type { RosterReport } from './roster-report.js';

const LISTED = 200;
/** 0: no ERROR and no SUSPECT · 1: some · 2: the file could not be read, or the command not understood. */
const statusOf = ({ totals: { byVerdict } }: RosterReport): number => (byVerdict.ERROR + byVerdict.SUSPECT > 0 ? 1 : 0);

const asJson = (report: RosterReport): string => `${JSON.stringify(report, (_, value: unknown) => (value instanceof Map ? Object.fromEntries(value) : value), 2)}\n`;

const showProgress = (rows: number): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r${rows} 行 `);
};

const run = async (args: readonly string[]): Promise<number> => {
  const { run: roster, verdicts, accepted, json } = rosterOptions(args, Date.now());
  const cancel = new AbortController();
  process.once('SIGINT', () => cancel.abort());
  const outputs = { verdicts, accepted, listed: json ? 'all' : LISTED };
  const report = await runInWorker<unknown, RosterReport, number>(new URL('./roster-worker.js', import.meta.url), { run: roster, outputs }, { onProgress: showProgress, signal: cancel.signal });
  process.stdout.write(json ? asJson(report) : printReport(report));
  return statusOf(report);
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
