import { binding as fact, CONFIRMATION_METHODS, type ConfirmationMethod, IsDay, IsId, IsOneOf, OFFICIALS } from '#contracts';
import { defineCommand, emit } from '#decider';
import { binding, householdOf, NO_BINDING } from './binding.js';

export class ConfirmBinding {
  @IsId() bindingId: string;
  /** 签字, 当面, 电话, 短信 */
  @IsOneOf(CONFIRMATION_METHODS) method: ConfirmationMethod;
  @IsDay() on: string;
  /** Who of the household said so: a person's id, or HEAD (户主); never a name. */
  @IsId() by: string;
}

export const BY_SUBMITTER = { zh: '提交人不能代农户确认,请由村、镇另一名工作人员登记', en: 'whoever submitted it cannot record the confirmation: another official of the village or town does' };
export const DAY_TO_COME = { zh: '确认日期不能在今天之后', en: 'a confirmation cannot lie in the future' };

/** 农户确认: the farmer agreed, recorded by a village or town official, never by the account that submitted the binding. */
export const confirmBinding = defineCommand({
  name: 'confirm-binding',
  title: { zh: '记录农户确认', en: "Record the farmer's confirmation" },
  input: ConfirmBinding,
  example: { bindingId: 'b-1', method: 'SIGNATURE', on: '2022-02-20', by: 'HEAD' },
  streams: (input) => ({ binding: binding.at(input.bindingId) }),
  needs: (input, known) => ({ household: householdOf(binding.at(input.bindingId), known) }),
  may: { roles: OFFICIALS, on: ({ facts }) => facts.household.map(({ villageId }) => ({ village: villageId })) },
  refusals: {
    'no-such-binding': NO_BINDING,
    'not-submitted': { zh: '绑定尚未提交,或已确认', en: 'it is not waiting for a confirmation' },
    'confirmed-by-submitter': BY_SUBMITTER,
    'day-to-come': DAY_TO_COME,
  },
  decide: ({ input: { method, on, by }, states, actor, today, refuse }) => {
    const now = states.binding.state.binding;
    if (!now) return refuse('no-such-binding');
    if (now.state !== 'SUBMITTED') return refuse('not-submitted');
    if (now.submittedBy === actor) return refuse('confirmed-by-submitter');
    if (on > today) return refuse('day-to-come');
    return emit(states.binding, fact.events.FarmerBindingConfirmed.of({ ...now, state: 'CONFIRMED_BY_FARMER', confirmation: { method, on, by } }, on));
  },
});
