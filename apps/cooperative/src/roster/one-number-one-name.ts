import { type AcrossRule, type Found, sameName } from '#workbook';
import type { RosterColumn } from './surroundings.js';

interface Bearer {
  readonly name: string;
  readonly row: number;
}
interface Borne {
  readonly bearers: Bearer[];
  /** The first row with another name. */
  other?: Bearer;
}

/** 一号一名: one identity number under two names is wrong on every row that bears it. */
export const oneNumberOneName = (): AcrossRule<RosterColumn> => {
  const numbers = new Map<string, Borne>();
  return {
    note: ({ row, values, readings }) => {
      if (!readings.id.valid || !readings.name.valid) return;
      const bearer: Bearer = { name: sameName(values.name), row };
      const borne = numbers.get(values.id);
      if (!borne) return void numbers.set(values.id, { bearers: [bearer] });
      borne.bearers.push(bearer);
      if (borne.other === undefined && borne.bearers[0]?.name !== bearer.name) borne.other = bearer;
    },
    *settle(): Generator<Found> {
      for (const { bearers, other } of numbers.values()) {
        const [first] = bearers;
        if (!other || !first) continue;
        for (const { row, name } of bearers) yield { row, finding: { code: 'id-name-conflict', column: 'id', other: String((name === first.name ? other : first).row) } };
      }
    },
  };
};
