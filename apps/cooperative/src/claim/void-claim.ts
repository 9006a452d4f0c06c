import { claim, IsId, OFFICIALS } from '#contracts';
import { defineCommand, emit } from '#decider';
import { binding, householdOf, placesOf } from '../binding/binding.js';
import { NO_CLAIM } from './end-claim.js';

export class VoidClaim {
  @IsId() bindingId: string;
  @IsId() claimId: string;
}

/** 绑定地块作废: the binding never rested on this land. */
export const voidClaim = defineCommand({
  name: 'void-claim',
  title: { zh: '作废绑定地块', en: 'Void a claim' },
  input: VoidClaim,
  example: { bindingId: 'b-1', claimId: 'k-1' },
  streams: (input) => ({ binding: binding.at(input.bindingId) }),
  needs: (input, known) => ({ household: householdOf(binding.at(input.bindingId), known) }),
  may: { roles: ['COOPERATIVE_MANAGER', ...OFFICIALS], on: ({ states, facts }) => placesOf(states.binding.state, facts.household) },
  refusals: { 'no-such-claim': NO_CLAIM },
  decide: ({ input, states, refuse }) => {
    const now = states.binding.state.binding && states.binding.state.claims.byKey.get(input.claimId);
    return now ? emit(states.binding, claim.events.LandClaimVoided.of(now, now.from)) : refuse('no-such-claim');
  },
});
