import { contract as fact, corrected, IsDay, IsId, IsLabel } from '#contracts';
import { defineCommand, emit } from '#decider';
import { addDays } from '#standards';
import { IsOptional } from 'class-validator';
import { PARTIES, partiesOf, placesOf } from '../known/parties.js';
import { ENDS_TOO_EARLY } from '../registration/enterprise.js';
import { contract, NO_CONTRACT } from './contract.js';

export class CorrectContract {
  @IsId() contractId: string;
  @IsOptional() @IsLabel() contractNo?: string;
  @IsOptional() @IsDay() validFrom?: string;
  @IsOptional() @IsDay() validThrough?: string;
}

/** 更正合同: its number or its days were entered wrongly. Lines are corrected by amending them, sides by voiding it. */
export const correctContract = defineCommand({
  name: 'correct-contract',
  title: { zh: '更正订单合同', en: 'Correct a contract' },
  input: CorrectContract,
  example: { contractId: 'o-1', validThrough: '2023-02-28' },
  streams: (input) => ({ contract: contract.at(input.contractId) }),
  needs: (input, known) => partiesOf(known(contract.at(input.contractId))?.contract),
  may: { roles: PARTIES, on: ({ states, facts }) => placesOf(states.contract.state.contract, facts) },
  refusals: { 'no-such-contract': NO_CONTRACT, 'ends-before-it-begins': ENDS_TOO_EARLY },
  decide: ({ input: { contractNo, validFrom: from, validThrough }, states, refuse }) => {
    const now = states.contract.state.contract;
    if (!now) return refuse('no-such-contract');
    const next = corrected(now, { contractNo, from, to: validThrough === undefined ? undefined : addDays(validThrough, 1) });
    if (!next) return [];
    if (next.to !== null && next.to <= next.from) return refuse('ends-before-it-begins');
    return emit(states.contract, fact.events.ContractCorrected.of(next, next.from));
  },
});
