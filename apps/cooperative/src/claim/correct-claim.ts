import { claim, corrected, IsDay, IsId, IsLabel, OFFICIALS, standingOnes } from '#contracts';
import { defineCommand, emit, need } from '#decider';
import { addDays } from '#standards';
import { IsBoolean, IsOptional } from 'class-validator';
import { binding, householdOf, placesOf } from '../binding/binding.js';
import { clash, CLAIM_REFUSALS } from './claimed-land.js';
import { NO_CLAIM } from './end-claim.js';

export class CorrectClaim {
  @IsId() bindingId: string;
  @IsId() claimId: string;
  @IsOptional() @IsId() parcelId?: string;
  @IsOptional() @IsLabel() crop?: string;
  @IsOptional() @IsDay() validFrom?: string;
  @IsOptional() @IsDay() validThrough?: string;
  /** true: its end was entered in error, it is open. */
  @IsOptional() @IsBoolean() open?: boolean;
}

const endOf = ({ open, validThrough }: CorrectClaim): string | null | undefined => {
  if (open) return null;
  return validThrough === undefined ? undefined : addDays(validThrough, 1);
};

/** 更正绑定地块: parcel, crop or days were entered wrongly. */
export const correctClaim = defineCommand({
  name: 'correct-claim',
  title: { zh: '更正绑定地块', en: 'Correct a claim' },
  input: CorrectClaim,
  example: { bindingId: 'b-1', claimId: 'k-1', crop: '葡萄' },
  streams: (input) => ({ binding: binding.at(input.bindingId) }),
  needs: (input, known) => ({
    household: householdOf(binding.at(input.bindingId), known),
    parcels: input.parcelId === undefined ? [] : [need('parcel', input.parcelId)],
  }),
  may: { roles: ['COOPERATIVE_MANAGER', ...OFFICIALS], on: ({ states, facts }) => placesOf(states.binding.state, facts.household) },
  refusals: {
    'no-such-claim': NO_CLAIM,
    'already-claimed': CLAIM_REFUSALS['already-claimed'],
    'ends-before-it-begins': CLAIM_REFUSALS['ends-before-it-begins'],
  },
  decide: ({ input, states, refuse }) => {
    const { binding: bound, claims } = states.binding.state;
    const now = bound && claims.byKey.get(input.claimId);
    if (!now) return refuse('no-such-claim');
    const next = corrected(now, { parcelId: input.parcelId, crop: input.crop, from: input.validFrom, to: endOf(input) });
    if (!next) return [];
    if (next.to !== null && next.to <= next.from) return refuse('ends-before-it-begins');
    if (clash(next, standingOnes(claims))) return refuse('already-claimed', { parcel: next.parcelId });
    return emit(states.binding, claim.events.LandClaimCorrected.of(next, next.from));
  },
});
