import { IsId, ParcelConflictFlagged } from '#contracts';
import { defineCommand, emit } from '#decider';
import { ArrayMinSize, IsArray } from 'class-validator';
import { parcelConflict } from './parcel-conflict.js';

export class FlagParcelConflict {
  @IsId() conflictId: string;
  @IsId() parcelId: string;
  @IsArray() @ArrayMinSize(2) @IsId({ each: true }) claimIds: string[];
  @IsArray() @ArrayMinSize(2) @IsId({ each: true }) cooperativeIds: string[];
}

/** 标记地块冲突: puts a conflict on the work list, once; again only when the one claim that was to go is still there. */
export const flagParcelConflict = defineCommand({
  name: 'flag-parcel-conflict',
  title: { zh: '标记地块冲突', en: 'Flag a parcel conflict' },
  input: FlagParcelConflict,
  example: { conflictId: 'x-1', parcelId: 'l-1', claimIds: ['k-1', 'k-2'], cooperativeIds: ['c-1', 'c-2'] },
  streams: (input) => ({ conflict: parcelConflict.at(input.conflictId) }),
  may: { roles: [] },
  refusals: { 'id-taken': { zh: '编号 {id} 属于另一地块的冲突', en: 'the id {id} is of a conflict about another parcel' } },
  decide: ({ input: { conflictId, parcelId, claimIds, cooperativeIds }, states, today, refuse }) => {
    const { flagged, resolution } = states.conflict.state;
    if (flagged && flagged.parcelId !== parcelId) return refuse('id-taken', { id: conflictId });
    if (flagged && (resolution === null || resolution === 'BOTH_STAND')) return [];
    return emit(states.conflict, ParcelConflictFlagged.of({ conflictId, parcelId, claimIds, cooperativeIds }, today));
  },
});
