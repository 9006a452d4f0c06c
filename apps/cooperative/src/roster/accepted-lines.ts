import type { Values } from '#workbook';
import { KNOWN_COLUMNS } from './known-members.js';
import type { RosterColumn } from './surroundings.js';

export const ACCEPTED_COLUMNS = ['cooperative', ...Object.keys(KNOWN_COLUMNS)];

/** One accepted row as it would be known from then on. */
export const acceptedLine = (cooperative: string, values: Values<RosterColumn>): string[] => [cooperative, ...Object.values(KNOWN_COLUMNS).map((id) => values[id])];
