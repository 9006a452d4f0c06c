import { binding as fact, IsId, OFFICIALS } from '#contracts';
import { defineCommand, emit } from '#decider';
import { binding, householdOf, NO_BINDING, placesOf } from './binding.js';
import { withSlot } from './end-binding.js';
import { free } from './slot.js';

export class VoidBinding {
  @IsId() bindingId: string;
}

/** 绑定作废 (DATA_ERROR): it never was true; figures as of earlier days drop it too, and so do its claims. */
export const voidBinding = defineCommand({
  name: 'void-binding',
  title: { zh: '作废绑定', en: 'Void a binding' },
  input: VoidBinding,
  example: { bindingId: 'b-1' },
  streams: (input, known) => withSlot(input.bindingId, known),
  needs: (input, known) => ({ household: householdOf(binding.at(input.bindingId), known) }),
  may: { roles: ['COOPERATIVE_MANAGER', ...OFFICIALS], on: ({ states, facts }) => placesOf(states.binding.state, facts.household) },
  refusals: { 'no-such-binding': NO_BINDING },
  decide: ({ states, refuse }) => {
    const now = states.binding.state.binding;
    if (!now) return refuse('no-such-binding');
    return [...emit(states.binding, fact.events.FarmerBindingVoided.of(now, now.from)), ...states.slots.flatMap((slot) => free(slot, now))];
  },
});
