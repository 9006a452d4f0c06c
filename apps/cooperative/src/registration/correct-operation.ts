import { corrected, IsDay, IsId, IsOneOf, OFFICIALS, operation, type Operation, OPERATIONS, statedOn } from '#contracts';
import { defineCommand, emit } from '#decider';
import { IsOptional } from 'class-validator';
import { cooperative, NO_STATEMENT, placesOf, STATED_THAT_DAY } from './cooperative.js';

export class CorrectOperation {
  @IsId() cooperativeId: string;
  @IsId() statementId: string;
  @IsOptional() @IsOneOf(OPERATIONS) operation?: Operation;
  @IsOptional() @IsDay() validFrom?: string;
}

/** 更正经营状态: the state or its first day was entered wrongly. */
export const correctOperation = defineCommand({
  name: 'correct-operation',
  title: { zh: '更正合作社经营状态', en: "Correct a cooperative's operation" },
  input: CorrectOperation,
  example: { cooperativeId: 'c-1', statementId: 'c-1.operation.1', validFrom: '2022-04-02' },
  streams: (input) => ({ cooperative: cooperative.at(input.cooperativeId) }),
  may: { roles: OFFICIALS, on: ({ states }) => placesOf(states.cooperative) },
  refusals: { 'no-such-statement': NO_STATEMENT, 'already-stated': STATED_THAT_DAY },
  decide: ({ input, states, refuse }) => {
    const all = states.cooperative.state.operations;
    const now = all.byKey.get(input.statementId);
    if (!now) return refuse('no-such-statement');
    const next = corrected(now, { operation: input.operation, from: input.validFrom });
    if (!next) return [];
    if (statedOn(all, next.from, next.factId)) return refuse('already-stated', { day: next.from });
    return emit(states.cooperative, operation.events.CooperativeOperationCorrected.of(next, next.from));
  },
});
