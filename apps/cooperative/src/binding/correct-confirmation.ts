import { binding as fact, CONFIRMATION_METHODS, type ConfirmationMethod, corrected, IsDay, IsId, IsOneOf, OFFICIALS } from '#contracts';
import { defineCommand, emit } from '#decider';
import { IsOptional } from 'class-validator';
import { binding, householdOf, NO_BINDING } from './binding.js';
import { BY_SUBMITTER, DAY_TO_COME } from './confirm-binding.js';

export class CorrectConfirmation {
  @IsId() bindingId: string;
  @IsOptional() @IsOneOf(CONFIRMATION_METHODS) method?: ConfirmationMethod;
  @IsOptional() @IsDay() on?: string;
  @IsOptional() @IsId() by?: string;
}

/** 更正农户确认: how, when or by whom the farmer confirmed was entered wrongly; as little as the confirmation is it for the submitter to say. */
export const correctConfirmation = defineCommand({
  name: 'correct-confirmation',
  title: { zh: '更正农户确认', en: "Correct the record of the farmer's confirmation" },
  input: CorrectConfirmation,
  example: { bindingId: 'b-1', on: '2022-02-18' },
  streams: (input) => ({ binding: binding.at(input.bindingId) }),
  needs: (input, known) => ({ household: householdOf(binding.at(input.bindingId), known) }),
  may: { roles: OFFICIALS, on: ({ facts }) => facts.household.map(({ villageId }) => ({ village: villageId })) },
  refusals: {
    'no-such-binding': NO_BINDING,
    'not-confirmed': { zh: '该绑定还没有农户确认的记录', en: 'no confirmation of it is recorded yet' },
    'confirmed-by-submitter': BY_SUBMITTER,
    'day-to-come': DAY_TO_COME,
  },
  decide: ({ input: { method, on, by }, states, actor, today, refuse }) => {
    const now = states.binding.state.binding;
    if (!now) return refuse('no-such-binding');
    if (!now.confirmation) return refuse('not-confirmed');
    if (now.submittedBy === actor) return refuse('confirmed-by-submitter');
    const confirmation = corrected(now.confirmation, { method, on, by });
    if (!confirmation) return [];
    if (confirmation.on > today) return refuse('day-to-come');
    return emit(states.binding, fact.events.FarmerBindingCorrected.of({ ...now, confirmation }, now.from));
  },
});
