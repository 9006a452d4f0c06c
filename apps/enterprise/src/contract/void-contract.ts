import { contract as fact, contractLine, IsId, standingOnes } from '#contracts';
import { defineCommand, emit } from '#decider';
import { PARTIES, partiesOf, placesOf } from '../known/parties.js';
import { contract, NO_CONTRACT } from './contract.js';

export class VoidContract {
  @IsId() contractId: string;
}

/** 合同作废: it was entered in error, and so was every line of it. */
export const voidContract = defineCommand({
  name: 'void-contract',
  title: { zh: '作废订单合同', en: 'Void a contract' },
  input: VoidContract,
  example: { contractId: 'o-1' },
  streams: (input) => ({ contract: contract.at(input.contractId) }),
  needs: (input, known) => partiesOf(known(contract.at(input.contractId))?.contract),
  may: { roles: PARTIES, on: ({ states, facts }) => placesOf(states.contract.state.contract, facts) },
  refusals: { 'no-such-contract': NO_CONTRACT },
  decide: ({ states, refuse }) => {
    const { contract: now, lines } = states.contract.state;
    if (!now) return refuse('no-such-contract');
    const voidedLines = standingOnes(lines).map((line) => contractLine.events.ContractLineVoided.of(line, line.from));
    return emit(states.contract, fact.events.ContractVoided.of(now, now.from), ...voidedLines);
  },
});
