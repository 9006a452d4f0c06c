import { IsId, IsOneOf, OFFICIALS, ParcelConflictResolved } from '#contracts';
import { defineCommand, emit, need } from '#decider';
import { addDays } from '#standards';
import { IsOptional, MaxLength } from 'class-validator';
import { binding } from '../binding/binding.js';
import { cooperative } from '../registration/cooperative.js';
import { type BindingOf, goOnTogether } from './claims-of-conflict.js';
import { parcelConflict, type Resolution, RESOLUTIONS } from './parcel-conflict.js';

export class ResolveParcelConflict {
  @IsId() conflictId: string;
  /** What was done about it: one claim was ended or voided (by its own command), or both stand. */
  @IsOneOf(RESOLUTIONS) resolution: Resolution;
  /** No personal data. */
  @IsOptional() @MaxLength(500) note?: string;
  /** Looked up before the decision, never given. */
  readonly bindingOf?: BindingOf;
}

/** 处理地块冲突: an official of the parcel's village takes it off the work list and says what was done. */
export const resolveParcelConflict = defineCommand({
  name: 'resolve-parcel-conflict',
  title: { zh: '处理地块冲突', en: 'Resolve a parcel conflict' },
  input: ResolveParcelConflict,
  example: { conflictId: 'x-1', resolution: 'BOTH_STAND', note: '两社轮作,面积只计一次' },
  streams: (input, known) => ({
    conflict: parcelConflict.at(input.conflictId),
    bindings: [...new Set(Object.values(input.bindingOf ?? {}))].map((id) => binding.at(id)),
    cooperatives: (known(parcelConflict.at(input.conflictId))?.flagged?.cooperativeIds ?? []).map((id) => cooperative.at(id)),
  }),
  needs: (input, known) => {
    const flagged = known(parcelConflict.at(input.conflictId))?.flagged;
    return { parcels: flagged ? [need<{ villageId: string }>('parcel', flagged.parcelId)] : [] };
  },
  may: { roles: OFFICIALS, on: ({ facts }) => facts.parcels.map(({ villageId }) => ({ village: villageId })) },
  refusals: {
    'no-such-conflict': { zh: '没有这条冲突', en: 'no such conflict' },
    'already-resolved': { zh: '该冲突已处理', en: 'it is resolved already' },
    'claims-still-stand': {
      zh: '两条绑定地块({claims})在 {day} 之后仍同时有效:请先结束或作废其中一条,再登记处理结果;如允许并存,请选 BOTH_STAND',
      en: 'the claims {claims} both go on after {day}: end or void one of them first, then resolve; or choose BOTH_STAND if both may stay',
    },
  },
  decide: ({ input, states, today, refuse }) => {
    const { flagged, resolution } = states.conflict.state;
    if (!flagged) return refuse('no-such-conflict');
    if (resolution !== null) return refuse('already-resolved');
    if (input.resolution !== 'BOTH_STAND' && goOnTogether({ ...flagged, bindingOf: input.bindingOf ?? {} }, addDays(today, 1), states)) {
      return refuse('claims-still-stand', { claims: flagged.claimIds.join(', '), day: today });
    }
    const note = input.note === undefined ? {} : { note: input.note };
    return emit(states.conflict, ParcelConflictResolved.of({ ...flagged, resolution: input.resolution, ...note }, today));
  },
});
