import { binding as fact, type BindingData, IsId, OFFICIALS } from '#contracts';
import { defineCommand, type DomainEvent, emit, isRefusal, refusal, type Refusal } from '#decider';
import { binding, householdOf, NO_BINDING, placesOf } from './binding.js';

export class SubmitBinding {
  @IsId() bindingId: string;
}

export const UNSAID_FOR_WHOM = { zh: '代办须写明代哪家合作社提交', en: 'an official says for which cooperative it is submitted' };

interface Submitter {
  readonly actor: string;
  readonly roles: readonly string[];
  readonly onBehalfOf: string | undefined;
}
/** Submitted by the cooperative itself, or by an official who says that it is for this cooperative. */
export const submitted = (draft: BindingData, { actor, roles, onBehalfOf }: Submitter): DomainEvent[] | Refusal<'unsaid-for-whom'> => {
  if (!roles.includes('COOPERATIVE_MANAGER') && onBehalfOf !== draft.cooperativeId) return refusal('unsaid-for-whom');
  return [fact.events.FarmerBindingSubmitted.of({ ...draft, state: 'SUBMITTED', submittedBy: actor }, draft.from)];
};

/** 提交绑定: the cooperative, or an official on its behalf, submits the draft; the farmer's own word is still to come. */
export const submitBinding = defineCommand({
  name: 'submit-binding',
  title: { zh: '提交绑定', en: 'Submit a binding' },
  input: SubmitBinding,
  example: { bindingId: 'b-1' },
  streams: (input) => ({ binding: binding.at(input.bindingId) }),
  needs: (input, known) => ({ household: householdOf(binding.at(input.bindingId), known) }),
  may: { roles: ['COOPERATIVE_MANAGER', ...OFFICIALS], on: ({ states, facts }) => placesOf(states.binding.state, facts.household) },
  refusals: { 'no-such-binding': NO_BINDING, 'not-a-draft': { zh: '只有草拟的绑定可以提交', en: 'only a draft can be submitted' }, 'unsaid-for-whom': UNSAID_FOR_WHOM },
  decide: ({ states, actor, roles, onBehalfOf, refuse }) => {
    const now = states.binding.state.binding;
    if (!now) return refuse('no-such-binding');
    if (now.state !== 'DRAFT') return refuse('not-a-draft');
    const submission = submitted(now, { actor, roles, onBehalfOf });
    return isRefusal(submission) ? submission : emit(states.binding, ...submission);
  },
});
