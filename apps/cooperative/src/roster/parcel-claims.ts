import type { AcrossRule, Found } from '#workbook';
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
  const rivals = (): Map<string, Claimed> => {
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
  const isRival = (household: string) => (claim: { household: string | null; ours: boolean }) => !claim.ours || (claim.household !== null && claim.household !== household);
  return {
    note: ({ row, values, readings }) => {
      if (readings.parcel.valid && values.parcel !== '') claims.push({ row, parcel: values.parcel });
    },
    *settle(): Generator<Found> {
      const claimed = rivals();
      for (const { row, parcel } of claims) {
        const household = households.of(row);
        const there = claimed.get(parcel);
        if (household === undefined || !there) continue;
        const rival = there.household === household ? there.rival : there.row;
        if (rival !== undefined) yield { row, finding: { code: 'parcel-claimed-twice', column: 'parcel', read: parcel, other: String(rival) } };
        const claim = rival === undefined ? known.claims(parcel).find(isRival(household)) : undefined;
        if (claim) yield { row, finding: { code: 'parcel-claimed-twice', column: 'parcel', read: parcel, other: 'known', ...(claim.ours ? {} : { right: ELSEWHERE }) } };
      }
    },
  };
};
