import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { dayOf, isDay } from '#standards';
import type { RosterRun } from './judge-roster.js';

export const USAGE = `用法 / usage: npm run roster -- FILE [--cooperative NAME] [--regions CSV] [--known CSV] [--today DATE] [--allow-test-ids]
       [--sheet NAME] [--heading-row N] [--verdicts CSV] [--accepted CSV] [--json]`;

/** The command line was not understood. */
export class Misuse extends Error {}

export interface RosterOptions {
  readonly run: RosterRun;
  readonly verdicts?: string;
  readonly accepted?: string;
  readonly json: boolean;
}

const OPTIONS = {
  cooperative: { type: 'string' }, regions: { type: 'string' }, known: { type: 'string' }, today: { type: 'string' }, 'allow-test-ids': { type: 'boolean' },
  sheet: { type: 'string' }, 'heading-row': { type: 'string' }, verdicts: { type: 'string' }, accepted: { type: 'string' }, json: { type: 'boolean' },
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

/** @param now epoch ms, for the day that is today when none is given. @throws Misuse */
export const rosterOptions = (args: readonly string[], now: number): RosterOptions => {
  const { values, positionals } = parsed(args);
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new Misuse('FILE');
  const today = values.today ?? dayOf(now);
  if (!isDay(today)) throw new Misuse(`--today ${today}`);
  const [input, verdicts, accepted] = [resolve(file), pathOf(values.verdicts), pathOf(values.accepted)];
  const inputs = [input, pathOf(values.known), pathOf(values.regions)];
  for (const output of [verdicts, accepted]) if (output !== undefined && inputs.includes(output)) throw new Misuse(`would overwrite ${output}`);
  return {
    run: { file: input, cooperative: values.cooperative, regions: pathOf(values.regions), known: pathOf(values.known), today, allowTestIds: values['allow-test-ids'] ?? false, sheet: values.sheet, headingRow: rowNumber(values['heading-row']) },
    verdicts,
    accepted,
    json: values.json ?? false,
  };
};
