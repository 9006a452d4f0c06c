import { binding as fact, BINDING_ENDS, type BindingEnd, corrected, IsDay, IsId, IsOneOf, OFFICIALS } from '#contracts';
import { defineCommand, emit } from '#decider';
import { addDays } from '#standards';
import { IsOptional } from 'class-validator';
import { ALREADY_BOUND, binding, ENDS_TOO_EARLY, householdOf, NO_BINDING, placesOf } from './binding.js';
import { withSlot } from './end-binding.js';
import { holderOf, take } from './slot.js';

export class CorrectBindingEnd {
  @IsId() bindingId: string;
  @IsOptional() @IsDay() validThrough?: string;
  @IsOptional() @IsOneOf(BINDING_ENDS) reason?: BindingEnd;
}

/** 更正解绑: it ended on another day, or for another reason, than was entered. */
export const correctBindingEnd = defineCommand({
  name: 'correct-binding-end',
  title: { zh: '更正绑定的结束', en: 'Correct the end of a binding' },
  input: CorrectBindingEnd,
  example: { bindingId: 'b-1', validThrough: '2022-11-30' },
  streams: (input, known) => withSlot(input.bindingId, known),
  needs: (input, known) => ({ household: householdOf(binding.at(input.bindingId), known) }),
  may: { roles: ['COOPERATIVE_MANAGER', ...OFFICIALS], on: ({ states, facts }) => placesOf(states.binding.state, facts.household) },
  refusals: {
    'no-such-binding': NO_BINDING,
    'not-ended': { zh: '该绑定没有结束', en: 'it has not ended' },
    'ends-before-it-begins': ENDS_TOO_EARLY,
    'already-bound': ALREADY_BOUND,
  },
  decide: ({ input, states, refuse }) => {
    const now = states.binding.state.binding;
    if (!now) return refuse('no-such-binding');
    if (now.state !== 'ENDED') return refuse('not-ended');
    const next = corrected(now, { to: input.validThrough === undefined ? undefined : addDays(input.validThrough, 1), endReason: input.reason });
    if (!next) return [];
    if (next.to !== null && next.to <= next.from) return refuse('ends-before-it-begins');
    const holder = states.slots.map((slot) => holderOf(slot, now.factId, next)).find(Boolean);
    if (holder) return refuse('already-bound', { binding: holder });
    return [...emit(states.binding, fact.events.FarmerBindingCorrected.of(next, next.from)), ...states.slots.flatMap((slot) => take(slot, next))];
  },
});
