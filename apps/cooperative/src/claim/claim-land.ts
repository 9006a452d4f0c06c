import { IsId, OFFICIALS } from '#contracts';
import { defineCommand, emit, isRefusal, need } from '#decider';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, ValidateNested } from 'class-validator';
import { binding, householdOf, NO_BINDING, placesOf } from '../binding/binding.js';
import { CLAIM_REFUSALS, ClaimedLand, claimLandOn } from './claimed-land.js';

export class ClaimLand {
  @IsId() bindingId: string;
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(500) @ValidateNested({ each: true }) @Type(() => ClaimedLand) claims: ClaimedLand[];
}

/** 绑定地块: land and its crop that a binding rests on. Two cooperatives may claim one parcel; that goes to the work list. */
export const claimLand = defineCommand({
  name: 'claim-land',
  title: { zh: '登记绑定地块', en: 'Claim land for a binding' },
  input: ClaimLand,
  example: { bindingId: 'b-1', claims: [{ id: 'k-2', parcelId: 'l-2', crop: '葡萄', validFrom: '2022-04-01' }] },
  streams: (input) => ({ binding: binding.at(input.bindingId) }),
  needs: (input, known) => ({
    household: householdOf(binding.at(input.bindingId), known),
    parcels: [...new Set(input.claims.map(({ parcelId }) => parcelId))].map((id) => need('parcel', id)),
  }),
  may: { roles: ['COOPERATIVE_MANAGER', ...OFFICIALS], on: ({ states, facts }) => placesOf(states.binding.state, facts.household) },
  refusals: { ...CLAIM_REFUSALS, 'no-such-binding': NO_BINDING },
  decide: ({ input, states, refuse }) => {
    const { binding: now, claims } = states.binding.state;
    if (!now) return refuse('no-such-binding');
    const added = claimLandOn(now, claims, input.claims);
    return isRefusal(added) ? added : emit(states.binding, ...added);
  },
});
