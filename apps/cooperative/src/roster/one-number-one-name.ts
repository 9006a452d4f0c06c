import { type AcrossRule, type Found, sameName } from '#workbook';
import type { RosterColumn } from './surroundings.js';

/** A number that is on several rows. */
interface Borne {
  readonly rows: number[];
  /** The first row with another name. */
  other?: number;
}

/** 一号一名: one identity number under two names is wrong on every row that bears it. */
export const oneNumberOneName = (): AcrossRule<RosterColumn> => {
  const first = new Map<string, number>();
  const names: (string | undefined)[] = [];
  const several = new Map<string, Borne>();
  return {
    note: ({ row, values, readings }) => {
      if (!readings.id.valid || !readings.name.valid) return;
      names[row] = sameName(values.name);
      const earlier = first.get(values.id);
      if (earlier === undefined) return void first.set(values.id, row);
      const borne = several.get(values.id) ?? { rows: [earlier] };
      several.set(values.id, borne);
      borne.rows.push(row);
      if (borne.other === undefined && names[earlier] !== names[row]) borne.other = row;
    },
    *settle(): Generator<Found> {
      for (const { rows, other } of several.values()) {
        const [one] = rows;
        if (other === undefined || one === undefined) continue;
        for (const row of rows) yield { row, finding: { code: 'id-name-conflict', column: 'id', other: String(names[row] === names[one] ? other : one) } };
      }
    },
  };
};
