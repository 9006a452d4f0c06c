import { IsId, OFFICIALS, operation } from '#contracts';
import { defineCommand, emit } from '#decider';
import { cooperative, NO_STATEMENT, placesOf } from './cooperative.js';

export class VoidOperation {
  @IsId() cooperativeId: string;
  @IsId() statementId: string;
}

/** 经营状态记录作废: it was never so. */
export const voidOperation = defineCommand({
  name: 'void-operation',
  title: { zh: '作废合作社经营状态记录', en: "Void a statement of a cooperative's operation" },
  input: VoidOperation,
  example: { cooperativeId: 'c-1', statementId: 'c-1.operation.1' },
  streams: (input) => ({ cooperative: cooperative.at(input.cooperativeId) }),
  may: { roles: OFFICIALS, on: ({ states }) => placesOf(states.cooperative) },
  refusals: { 'no-such-statement': NO_STATEMENT },
  decide: ({ input, states, refuse }) => {
    const now = states.cooperative.state.operations.byKey.get(input.statementId);
    if (!now) return refuse('no-such-statement');
    return emit(states.cooperative, operation.events.CooperativeOperationVoided.of(now, now.from));
  },
});
