import { binding as fact, IsDay, IsId } from '#contracts';
import { defineCommand, emit } from '#decider';
import { IsOptional } from 'class-validator';
import { ALREADY_BOUND, binding, NO_BINDING } from './binding.js';
import { holderOf, slotOf, take } from './slot.js';

export class AdmitBinding {
  @IsId() bindingId: string;
  /** First day it counts, before or after today; the day asked for when left out. */
  @IsOptional() @IsDay() validFrom?: string;
}

/** 合作社接纳: the cooperative admits the household; from the effective day on every figure counts the binding. */
export const admitBinding = defineCommand({
  name: 'admit-binding',
  title: { zh: '接纳农户', en: 'Admit a household' },
  input: AdmitBinding,
  example: { bindingId: 'b-1', validFrom: '2022-03-01' },
  streams: (input, known) => {
    const ref = binding.at(input.bindingId);
    const now = known(ref)?.binding;
    // The days it asked for are held since it was drafted: only other days can clash.
    const other = now && input.validFrom !== undefined && input.validFrom !== now.from;
    return { binding: ref, slots: other ? [slotOf(now)] : [] };
  },
  may: { roles: ['COOPERATIVE_MANAGER'], on: ({ states }) => [{ cooperative: states.binding.state.binding?.cooperativeId ?? '' }] },
  refusals: {
    'no-such-binding': NO_BINDING,
    'not-confirmed': { zh: '农户尚未确认,或已接纳', en: 'the farmer has not confirmed it, or it is admitted already' },
    'already-bound': ALREADY_BOUND,
  },
  decide: ({ input, states, refuse }) => {
    const now = states.binding.state.binding;
    if (!now) return refuse('no-such-binding');
    if (now.state !== 'CONFIRMED_BY_FARMER') return refuse('not-confirmed');
    const next = { ...now, state: 'ACTIVE' as const, from: input.validFrom ?? now.from };
    const holder = states.slots.map((slot) => holderOf(slot, now.factId, next)).find(Boolean);
    if (holder) return refuse('already-bound', { binding: holder });
    return [...emit(states.binding, fact.events.FarmerBindingActivated.of(next, next.from)), ...states.slots.flatMap((slot) => take(slot, next))];
  },
});
