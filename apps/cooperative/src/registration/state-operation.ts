import { IsDay, IsId, IsOneOf, OFFICIALS, operation, type Operation, OPERATIONS, statedOn } from '#contracts';
import { defineCommand, emit } from '#decider';
import { IsOptional } from 'class-validator';
import { cooperative, nextKey, NOT_REGISTERED, placesOf, STATED_THAT_DAY } from './cooperative.js';

export class StateOperation {
  @IsId() cooperativeId: string;
  @IsOneOf(OPERATIONS) operation: Operation;
  /** Today when left out. */
  @IsOptional() @IsDay() validFrom?: string;
}

/** 经营状态: normal, abnormal (经营异常), revoked (吊销) or a shell (空壳) from this day on; normal unless said. */
export const stateOperation = defineCommand({
  name: 'state-operation',
  title: { zh: '登记合作社经营状态', en: "State a cooperative's operation" },
  input: StateOperation,
  example: { cooperativeId: 'c-1', operation: 'ABNORMAL', validFrom: '2022-04-01' },
  streams: (input) => ({ cooperative: cooperative.at(input.cooperativeId) }),
  may: { roles: OFFICIALS, on: ({ states }) => placesOf(states.cooperative) },
  refusals: { 'not-registered': NOT_REGISTERED, 'already-stated': STATED_THAT_DAY },
  decide: ({ input, states, today, refuse }) => {
    const from = input.validFrom ?? today;
    const { registration, operations } = states.cooperative.state;
    if (!registration) return refuse('not-registered');
    if (statedOn(operations, from)) return refuse('already-stated', { day: from });
    const fact = { factId: nextKey(input.cooperativeId, 'operation', operations), from, cooperativeId: input.cooperativeId, operation: input.operation };
    return emit(states.cooperative, operation.events.CooperativeOperationStated.of(fact, from));
  },
});
