import type { Codes, Finding, Given } from '../kind.js';

/** `'10'`, errors of these codes with their texts: `errors({'x-y': ['中文', 'English', 'right']})`. */
type Said = readonly [zh: string, en: string, right?: string];
const told = (severity: 'error' | 'warning' | 'note', said: Readonly<Record<string, Said>>): Codes =>
  Object.fromEntries(Object.entries(said).map(([code, [zh, en, right]]) => [code, { severity, zh, en, ...(right ? { right } : {}) }]));
export const errors = (said: Readonly<Record<string, Said>>): Codes => told('error', said);
export const warnings = (said: Readonly<Record<string, Said>>): Codes => told('warning', said);
export const notes = (said: Readonly<Record<string, Said>>): Codes => told('note', said);

export const found = ({ column, cell }: Pick<Given, 'column' | 'cell'>, code: string, right?: string): Finding => ({ code, column, read: cell.text, ...(right === undefined ? {} : { right }) });
/** No value, for this reason. */
export const none = (given: Given, code: string, right?: string) => ({ value: null, findings: [found(given, code, right)] });
