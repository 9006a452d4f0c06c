import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { dayOf, isDay } from '#standards';
import type { RosterRun } from './judge-roster.js';

export const USAGE = `用法 / usage: npm run roster -- FILE [--cooperative NAME] [--regions CSV] [--known CSV] [--today DATE] [--allow-test-ids]
       [--sheet NAME] [--heading-row N] [--out XLSX] [--verdicts CSV] [--accepted CSV] [--json]
       npm run roster -- --template XLSX [--regions CSV] [--today DATE]`;

/** The command line was not understood. */
export class Misuse extends Error {}

export interface RosterOptions {
  readonly run: RosterRun;
  /** Where the workbook that comes back goes. */
  readonly out?: string;
  readonly verdicts?: string;
  readonly accepted?: string;
  readonly json: boolean;
}

const OPTIONS = {
  cooperative: { type: 'string' }, regions: { type: 'string' }, known: { type: 'string' }, today: { type: 'string' }, 'allow-test-ids': { type: 'boolean' },
  sheet: { type: 'string' }, 'heading-row': { type: 'string' }, verdicts: { type: 'string' }, accepted: { type: 'string' }, json: { type: 'boolean' }, out: { type: 'string' }, template: { type: 'string' },
} as const;

const parsed = (args: readonly string[]) => {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new Misuse((error as Error).message);
  }
};

const rowNumber = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new Misuse(`--heading-row ${text}`);
  return Number(text);
};

const pathOf = (path: string | undefined): string | undefined => (path === undefined ? undefined : resolve(path));

const dayFrom = (text: string | undefined, now: number): string => {
  const today = text ?? dayOf(now);
  if (!isDay(today)) throw new Misuse(`--today ${today}`);
  return today;
};

/** @param now epoch ms, for the day that is today when none is given. @throws Misuse */
export const rosterOptions = (args: readonly string[], now: number): RosterOptions => {
  const { values, positionals } = parsed(args);
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new Misuse('FILE');
  const [input, known, regions, verdicts, accepted, out] = [file, values.known, values.regions, values.verdicts, values.accepted, values.out].map(pathOf);
  if (out !== undefined && !/\.xlsx$/i.test(out)) throw new Misuse(`--out ${out}: .xlsx`);
  for (const output of [verdicts, accepted, out]) if (output !== undefined && [input, known, regions].includes(output)) throw new Misuse(`would overwrite ${output}`);
  const { cooperative, sheet } = values;
  return {
    run: { file: input as string, cooperative, regions, known, today: dayFrom(values.today, now), allowTestIds: values['allow-test-ids'] === true, sheet, headingRow: rowNumber(values['heading-row']) },
    out,
    verdicts,
    accepted,
    json: values.json === true,
  };
};

export interface TemplateOptions {
  readonly file: string;
  readonly regions?: string;
  readonly today: string;
}

/** What `--template` asks for; null without it. @throws Misuse */
export const templateOptions = (args: readonly string[], now: number): TemplateOptions | null => {
  const { values, positionals } = parsed(args);
  if (values.template === undefined) return null;
  if (positionals.length > 0 || !/\.xlsx$/i.test(values.template)) throw new Misuse('--template XLSX');
  return { file: resolve(values.template), regions: pathOf(values.regions), today: dayFrom(values.today, now) };
};
