import type { AcrossRule, Finding, Found } from '#workbook';
import type { Households } from './households.js';
import { ELSEWHERE, type KnownMembers, type RosterColumn } from './surroundings.js';

/** 一地两报: two households with one parcel are told on both rows; the persons are accepted, the area counts once. */
export const parcelClaims = (households: Households, known: KnownMembers): AcrossRule<RosterColumn> => {
  const rows: number[] = [];
  const parcels: string[] = [];
  /** Row of the first claim of each parcel, and of the first by another household. */
  const firstClaims = (): { first: Map<string, number>; rivals: Map<string, number> } => {
    const [first, rivals] = [new Map<string, number>(), new Map<string, number>()];
    rows.forEach((row, i) => {
      const parcel = parcels[i] as string;
      if (households.of(row) === undefined) return;
      const there = first.get(parcel);
      if (there === undefined) first.set(parcel, row);
      else if (!rivals.has(parcel) && households.of(there) !== households.of(row)) rivals.set(parcel, row);
    });
    return { first, rivals };
  };
  const twice = (parcel: string, other: string, right?: string): Finding => ({ code: 'parcel-claimed-twice', column: 'parcel', read: parcel, other, ...(right ? { right } : {}) });
  const rivalKnown = (parcel: string, household: string): Finding | null => {
    const rival = known.claims(parcel).find((claim) => !claim.ours || (claim.household !== null && claim.household !== household));
    return rival ? twice(parcel, 'known', rival.ours ? undefined : ELSEWHERE) : null;
  };
  return {
    note: ({ row, values, readings }) => {
      if (!readings.parcel.valid || values.parcel === '') return;
      rows.push(row);
      parcels.push(values.parcel);
    },
    *settle(): Generator<Found> {
      const { first, rivals } = firstClaims();
      for (let i = 0; i < rows.length; i += 1) {
        const [row, parcel] = [rows[i] as number, parcels[i] as string];
        const household = households.of(row);
        if (household === undefined) continue;
        const there = first.get(parcel) as number;
        const rival = households.of(there) === household ? rivals.get(parcel) : there;
        const finding = rival === undefined ? rivalKnown(parcel, household) : twice(parcel, String(rival));
        if (finding) yield { row, finding };
      }
    },
  };
};
