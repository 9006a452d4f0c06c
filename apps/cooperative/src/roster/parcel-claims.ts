import type { AcrossRule, Finding, Found } from '#workbook';
import type { Households } from './households.js';
import { ELSEWHERE, type KnownMembers, type RosterColumn } from './surroundings.js';

interface Claim {
  readonly row: number;
  readonly parcel: string;
}
interface Claimed {
  readonly household: string;
  readonly row: number;
  /** The first row of another household. */
  rival?: number;
}

/** 一地两报: two households with one parcel are told on both rows; the persons are accepted, the area counts once. */
export const parcelClaims = (households: Households, known: KnownMembers): AcrossRule<RosterColumn> => {
  const claims: Claim[] = [];
  const firstClaims = (): Map<string, Claimed> => {
    const claimed = new Map<string, Claimed>();
    for (const { row, parcel } of claims) {
      const household = households.of(row);
      if (household === undefined) continue;
      const there = claimed.get(parcel);
      if (!there) claimed.set(parcel, { household, row });
      else if (there.rival === undefined && there.household !== household) there.rival = row;
    }
    return claimed;
  };
  const twice = (parcel: string, other: string, right?: string): Finding => ({ code: 'parcel-claimed-twice', column: 'parcel', read: parcel, other, ...(right ? { right } : {}) });
  const rivalKnown = (parcel: string, household: string): Finding | null => {
    const rival = known.claims(parcel).find((claim) => !claim.ours || (claim.household !== null && claim.household !== household));
    return rival ? twice(parcel, 'known', rival.ours ? undefined : ELSEWHERE) : null;
  };
  const rivalOf = (parcel: string, household: string, there: Claimed): Finding | null => {
    const row = there.household === household ? there.rival : there.row;
    return row === undefined ? rivalKnown(parcel, household) : twice(parcel, String(row));
  };
  return {
    note: ({ row, values, readings }) => {
      if (readings.parcel.valid && values.parcel !== '') claims.push({ row, parcel: values.parcel });
    },
    *settle(): Generator<Found> {
      const claimed = firstClaims();
      for (const { row, parcel } of claims) {
        const household = households.of(row);
        const finding = household === undefined ? null : rivalOf(parcel, household, claimed.get(parcel) as Claimed);
        if (finding) yield { row, finding };
      }
    },
  };
};
