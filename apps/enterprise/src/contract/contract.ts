import { contract as fact, type ContractData, contractLine, type ContractLineData, NONE, stand, type Standing } from '#contracts';
import { defineStream } from '#decider';

/** 订单合同: its period, and what was agreed line by line. */
export interface ContractState {
  /** null while never signed, and when entered in error. */
  readonly contract: ContractData | null;
  readonly lines: Standing<ContractLineData>;
}
export const contract = defineStream<ContractState>({
  name: 'contract',
  initial: { contract: null, lines: NONE },
  evolve: (state, event) => {
    const effect = fact.effects[event.type as keyof typeof fact.effects];
    if (!effect) return { ...state, lines: stand(state.lines, contractLine, event) };
    return { ...state, contract: effect === 'voided' ? null : (event.data as ContractData) };
  },
});

export const NO_CONTRACT = { zh: '没有这份合同,或已作废', en: 'no such contract, or it is void' };
export const NO_LINE = { zh: '合同没有这一行 {line},或已作废', en: 'the contract has no line {line}, or it is void' };
