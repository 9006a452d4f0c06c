import { ParcelConflictFlagged, ParcelConflictResolved } from '#contracts';
import { defineStream } from '#decider';

type Flagged = ReturnType<typeof ParcelConflictFlagged.of>['data'];
type Resolved = ReturnType<typeof ParcelConflictResolved.of>['data'];
export const RESOLUTIONS = ['CLAIM_ENDED', 'CLAIM_VOIDED', 'BOTH_STAND'] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

export interface ConflictState {
  /** null: never flagged. */
  readonly flagged: Flagged | null;
  /** null while it is on the work list. */
  readonly resolution: Resolution | null;
}

/** 地块冲突: two cooperatives claim one parcel on one day. */
export const parcelConflict = defineStream<ConflictState>({
  name: 'conflict',
  initial: { flagged: null, resolution: null },
  evolve: (state, { type, data }) => {
    if (type === ParcelConflictFlagged.type) return { flagged: data as Flagged, resolution: null };
    return type === ParcelConflictResolved.type ? { ...state, resolution: (data as Resolved).resolution } : state;
  },
});
