import type { Draw } from '../draw.js';
import type { Order } from '../office.js';

/** Something that somebody does: the commands it takes, given one after the other. */
export type Deed = (draw: Draw) => readonly Order[];
/** How often it is done, relative to the others. */
export type Weighted = readonly [weight: number, deed: Deed];

export const order = (command: string, input: object): Order[] => [{ command, input }];

/** Field names by which a thing is told from others. */
export interface Naming {
  readonly subject: string;
  readonly statement: string;
}

/** A field sometimes, so that a correction says one thing or another. */
export const sometimes = (draw: Draw, fields: Readonly<Record<string, () => unknown>>): object => {
  const names = Object.keys(fields);
  const chosen = draw.number(2 ** names.length - 1) + 1;
  return Object.fromEntries(names.flatMap((name, i) => ((chosen >> i) % 2 === 1 ? [[name, fields[name]?.()]] : [])));
};
