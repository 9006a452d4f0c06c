import { IsId, IsOneOf, OFFICIALS, ParcelConflictResolved } from '#contracts';
import { defineCommand, emit, need } from '#decider';
import { IsOptional, MaxLength } from 'class-validator';
import { parcelConflict, type Resolution, RESOLUTIONS } from './parcel-conflict.js';

export class ResolveParcelConflict {
  @IsId() conflictId: string;
  /** What was done about it: one claim was ended or voided (by its own command), or both stand. */
  @IsOneOf(RESOLUTIONS) resolution: Resolution;
  /** No personal data. */
  @IsOptional() @MaxLength(500) note?: string;
}

/** 处理地块冲突: an official of the parcel's village takes it off the work list and says what was done. */
export const resolveParcelConflict = defineCommand({
  name: 'resolve-parcel-conflict',
  title: { zh: '处理地块冲突', en: 'Resolve a parcel conflict' },
  input: ResolveParcelConflict,
  example: { conflictId: 'x-1', resolution: 'BOTH_STAND', note: '两社轮作,面积只计一次' },
  streams: (input) => ({ conflict: parcelConflict.at(input.conflictId) }),
  needs: (input, known) => {
    const flagged = known(parcelConflict.at(input.conflictId))?.flagged;
    return { parcels: flagged ? [need<{ villageId: string }>('parcel', flagged.parcelId)] : [] };
  },
  may: { roles: OFFICIALS, on: ({ facts }) => facts.parcels.map(({ villageId }) => ({ village: villageId })) },
  refusals: {
    'no-such-conflict': { zh: '没有这条冲突', en: 'no such conflict' },
    'already-resolved': { zh: '该冲突已处理', en: 'it is resolved already' },
  },
  decide: ({ input, states, today, refuse }) => {
    const { flagged, resolution } = states.conflict.state;
    if (!flagged) return refuse('no-such-conflict');
    if (resolution !== null) return refuse('already-resolved');
    const note = input.note === undefined ? {} : { note: input.note };
    return emit(states.conflict, ParcelConflictResolved.of({ ...flagged, resolution: input.resolution, ...note }, today));
  },
});
