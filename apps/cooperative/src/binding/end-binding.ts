import { binding as fact, BINDING_ENDS, type BindingEnd, IsDay, IsId, IsOneOf, OFFICIALS } from '#contracts';
import { defineCommand, emit, type Known, type StreamRef } from '#decider';
import { addDays } from '#standards';
import { binding, type BindingState, ENDS_TOO_EARLY, householdOf, NO_BINDING, placesOf } from './binding.js';
import { slotOf, type SlotState, take } from './slot.js';

export class EndBinding {
  @IsId() bindingId: string;
  /** Last day it counts. */
  @IsDay() validThrough: string;
  /** 退社, 除名, 到期, 死亡 */
  @IsOneOf(BINDING_ENDS) reason: BindingEnd;
}

/** A binding and the slot it holds. */
export const withSlot = (bindingId: string, known: Known): { binding: StreamRef<BindingState>; slots: StreamRef<SlotState>[] } => {
  const ref = binding.at(bindingId);
  const now = known(ref)?.binding;
  return { binding: ref, slots: now ? [slotOf(now)] : [] };
};

/** 解绑: an active binding ends; it counted through its last day and stays in the past. */
export const endBinding = defineCommand({
  name: 'end-binding',
  title: { zh: '结束绑定', en: 'End a binding' },
  input: EndBinding,
  example: { bindingId: 'b-1', validThrough: '2022-12-31', reason: 'WITHDRAWN' },
  streams: (input, known) => withSlot(input.bindingId, known),
  needs: (input, known) => ({ household: householdOf(binding.at(input.bindingId), known) }),
  may: { roles: ['COOPERATIVE_MANAGER', ...OFFICIALS], on: ({ states, facts }) => placesOf(states.binding.state, facts.household) },
  refusals: {
    'no-such-binding': NO_BINDING,
    'not-active': { zh: '绑定尚未生效或已结束;未生效的请作废', en: 'it is not active: void what never was, correct an end that is there' },
    'ends-before-it-begins': ENDS_TOO_EARLY,
  },
  decide: ({ input, states, refuse }) => {
    const now = states.binding.state.binding;
    if (!now) return refuse('no-such-binding');
    if (now.state !== 'ACTIVE') return refuse('not-active');
    if (input.validThrough < now.from) return refuse('ends-before-it-begins');
    const next = { ...now, state: 'ENDED' as const, to: addDays(input.validThrough, 1), endReason: input.reason };
    return [...emit(states.binding, fact.events.FarmerBindingEnded.of(next, input.validThrough)), ...states.slots.flatMap((slot) => take(slot, next))];
  },
});
