import type { KnownRow, Surroundings } from '#workbook';

export type RosterColumn =
  | 'no' | 'name' | 'id' | 'relation' | 'head' | 'town' | 'village' | 'group' | 'parcel' | 'area' | 'crop' | 'joined' | 'contribution' | 'phone' | 'linkage' | 'remark';

/** Said of a match that the caller may not see: no name, no number. */
export const ELSEWHERE = '已在其他合作社登记';

/** A person of this name in this village, known already. */
export interface Namesake {
  readonly id: string;
  /** In the cooperative of this run. */
  readonly ours: boolean;
}
export interface KnownClaim {
  /** Identity number of the household's head, null when he is not known. */
  readonly household: string | null;
  readonly ours: boolean;
}

/** What is known already, of all cooperatives that the caller may see. Names as `sameName` writes them. */
export interface KnownMembers {
  under(id: string, linkage: string, parcel: string): readonly KnownRow<RosterColumn>[];
  isKnown(id: string): boolean;
  isElsewhere(id: string): boolean;
  namesakes(village: string, name: string): readonly Namesake[];
  /** Identity numbers of heads. */
  heads(village: string, name: string): readonly string[];
  claims(parcel: string): readonly KnownClaim[];
  /** Areas without a parcel code that this person has in the cooperative of this run. */
  plots(id: string): readonly string[];
}

export interface RosterSurroundings extends Surroundings {
  readonly known: KnownMembers;
}
