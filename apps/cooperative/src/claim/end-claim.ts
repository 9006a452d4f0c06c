import { claim, IsDay, IsId, OFFICIALS } from '#contracts';
import { defineCommand, emit } from '#decider';
import { addDays } from '#standards';
import { binding, ENDS_TOO_EARLY, householdOf, placesOf } from '../binding/binding.js';

export class EndClaim {
  @IsId() bindingId: string;
  @IsId() claimId: string;
  @IsDay() validThrough: string;
}

export const NO_CLAIM = { zh: '该绑定没有这个地块记录,或已作废', en: 'the binding has no such claim, or it is void' };

/** 地块退出: the binding rests on this land through this day. */
export const endClaim = defineCommand({
  name: 'end-claim',
  title: { zh: '结束绑定地块', en: 'End a claim' },
  input: EndClaim,
  example: { bindingId: 'b-1', claimId: 'k-1', validThrough: '2022-09-30' },
  streams: (input) => ({ binding: binding.at(input.bindingId) }),
  needs: (input, known) => ({ household: householdOf(binding.at(input.bindingId), known) }),
  may: { roles: ['COOPERATIVE_MANAGER', ...OFFICIALS], on: ({ states, facts }) => placesOf(states.binding.state, facts.household) },
  refusals: {
    'no-such-claim': NO_CLAIM,
    'already-ended': { zh: '已结束;如有误请更正', en: 'it has ended already; correct that if it is wrong' },
    'ends-before-it-begins': ENDS_TOO_EARLY,
  },
  decide: ({ input, states, refuse }) => {
    const now = states.binding.state.binding && states.binding.state.claims.byKey.get(input.claimId);
    if (!now) return refuse('no-such-claim');
    if (now.to !== null) return refuse('already-ended');
    if (input.validThrough < now.from) return refuse('ends-before-it-begins');
    return emit(states.binding, claim.events.LandClaimEnded.of({ ...now, to: addDays(input.validThrough, 1) }, input.validThrough));
  },
});
