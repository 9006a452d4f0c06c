import { contract as fact, IsDay, IsId } from '#contracts';
import { defineCommand, emit } from '#decider';
import { addDays } from '#standards';
import { PARTIES, partiesOf, placesOf } from '../known/parties.js';
import { ENDS_TOO_EARLY } from '../registration/enterprise.js';
import { contract, NO_CONTRACT } from './contract.js';

export class TerminateContract {
  @IsId() contractId: string;
  /** Last day it holds. */
  @IsDay() validThrough: string;
}

/** 终止合同: it holds through this day, earlier than was agreed. What was agreed on its lines is dropped by an amendment, if it is. */
export const terminateContract = defineCommand({
  name: 'terminate-contract',
  title: { zh: '终止订单合同', en: 'Terminate a contract' },
  input: TerminateContract,
  example: { contractId: 'o-1', validThrough: '2022-08-31' },
  streams: (input) => ({ contract: contract.at(input.contractId) }),
  needs: (input, known) => partiesOf(known(contract.at(input.contractId))?.contract),
  may: { roles: PARTIES, on: ({ states, facts }) => placesOf(states.contract.state.contract, facts) },
  refusals: {
    'no-such-contract': NO_CONTRACT,
    'ends-before-it-begins': ENDS_TOO_EARLY,
    'ended-before': { zh: '合同已于 {day} 结束;延长请变更合同', en: 'it ends on {day} already; to prolong it, amend it' },
  },
  decide: ({ input, states, refuse }) => {
    const now = states.contract.state.contract;
    if (!now) return refuse('no-such-contract');
    if (input.validThrough < now.from) return refuse('ends-before-it-begins');
    const to = addDays(input.validThrough, 1);
    if (now.to !== null && to >= now.to) return refuse('ended-before', { day: addDays(now.to, -1) });
    return emit(states.contract, fact.events.ContractTerminated.of({ ...now, to }, input.validThrough));
  },
});
