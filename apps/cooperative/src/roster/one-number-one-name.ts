import { type AcrossRule, type Found, sameName } from '#workbook';
import type { RosterColumn } from './surroundings.js';

interface Bearer {
  readonly name: string;
  readonly row: number;
}
/** A number that is on several rows. */
interface Borne {
  readonly bearers: Bearer[];
  /** The first row with another name. */
  other?: Bearer;
}

/** 一号一名: one identity number under two names is wrong on every row that bears it. */
export const oneNumberOneName = (): AcrossRule<RosterColumn> => {
  const first = new Map<string, Bearer>();
  const several = new Map<string, Borne>();
  return {
    note: ({ row, values, readings }) => {
      if (!readings.id.valid || !readings.name.valid) return;
      const bearer: Bearer = { name: sameName(values.name), row };
      const earlier = first.get(values.id);
      if (!earlier) return void first.set(values.id, bearer);
      const borne = several.get(values.id) ?? { bearers: [earlier] };
      several.set(values.id, borne);
      borne.bearers.push(bearer);
      if (borne.other === undefined && earlier.name !== bearer.name) borne.other = bearer;
    },
    *settle(): Generator<Found> {
      for (const { bearers, other } of several.values()) {
        const [one] = bearers;
        if (!other || !one) continue;
        for (const { row, name } of bearers) yield { row, finding: { code: 'id-name-conflict', column: 'id', other: String((name === one.name ? other : one).row) } };
      }
    },
  };
};
