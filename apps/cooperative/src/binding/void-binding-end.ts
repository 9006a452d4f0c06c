import { binding as fact, IsId, OFFICIALS } from '#contracts';
import { defineCommand, emit } from '#decider';
import { ALREADY_BOUND, binding, householdOf, NO_BINDING, placesOf } from './binding.js';
import { withSlot } from './end-binding.js';
import { holderOf, take } from './slot.js';

export class VoidBindingEnd {
  @IsId() bindingId: string;
}

/** 撤销解绑: it never ended, and is active as before; not when the household was bound anew in the meantime. */
export const voidBindingEnd = defineCommand({
  name: 'void-binding-end',
  title: { zh: '撤销绑定的结束', en: 'Void the end of a binding' },
  input: VoidBindingEnd,
  example: { bindingId: 'b-1' },
  streams: (input, known) => withSlot(input.bindingId, known),
  needs: (input, known) => ({ household: householdOf(binding.at(input.bindingId), known) }),
  may: { roles: ['COOPERATIVE_MANAGER', ...OFFICIALS], on: ({ states, facts }) => placesOf(states.binding.state, facts.household) },
  refusals: { 'no-such-binding': NO_BINDING, 'not-ended': { zh: '该绑定没有结束', en: 'it has not ended' }, 'already-bound': ALREADY_BOUND },
  decide: ({ states, refuse }) => {
    const now = states.binding.state.binding;
    if (!now) return refuse('no-such-binding');
    if (now.state !== 'ENDED') return refuse('not-ended');
    const { endReason: _, ...rest } = now;
    const next = { ...rest, state: 'ACTIVE' as const, to: null };
    const holder = states.slots.map((slot) => holderOf(slot, now.factId, next)).find(Boolean);
    if (holder) return refuse('already-bound', { binding: holder });
    return [...emit(states.binding, fact.events.FarmerBindingCorrected.of(next, next.from)), ...states.slots.flatMap((slot) => take(slot, next))];
  },
});
