import { binding as fact, type BindingData, claim, corrected, IsDay, IsId, IsOneOf, type Linkage, LINKAGES, OFFICIALS, standingOnes } from '#contracts';
import { defineCommand, emit, type Emission, type Loaded, refusal, type Refusal } from '#decider';
import { IsOptional } from 'class-validator';
import { ALREADY_BOUND, binding, type BindingState, ENDS_TOO_EARLY, householdOf, LABOUR_CLAIMS_NONE, NO_BINDING, placesOf } from './binding.js';
import { free, holderOf, slotOf, type SlotState, take } from './slot.js';

export class CorrectBinding {
  @IsId() bindingId: string;
  @IsOptional() @IsDay() validFrom?: string;
  @IsOptional() @IsOneOf(LINKAGES) linkage?: Linkage;
}

/** The claims repeat their binding's linkage, so they are restated with it. */
const restatedClaims = (stream: Loaded<BindingState>, next: BindingData): Emission[] => {
  const others = standingOnes(stream.state.claims).filter(({ linkage }) => linkage !== next.linkage);
  return emit(stream, ...others.map((land) => claim.events.LandClaimCorrected.of({ ...land, linkage: next.linkage }, land.from)));
};

/** Leaves the old slot when the linkage is another now, and takes the days in the right one. */
const changedSlots = (slots: readonly Loaded<SlotState>[], now: BindingData, next: BindingData): Emission[] =>
  slots.flatMap((slot) => (slot.ref.key === slotOf(next).key ? take(slot, next) : free(slot, now)));

type Problem = Refusal<'already-bound' | 'ends-before-it-begins' | 'labour-claims-no-land'>;
/** Why the corrected binding cannot stand, if it cannot. */
const problemOf = (next: BindingData, { state }: Loaded<BindingState>, slots: readonly Loaded<SlotState>[]): Problem | null => {
  if (next.to !== null && next.to <= next.from) return refusal('ends-before-it-begins');
  if (next.linkage === 'LABOUR' && state.claims.byKey.size > 0) return refusal('labour-claims-no-land');
  const slot = slots.find(({ ref }) => ref.key === slotOf(next).key);
  const holder = slot && holderOf(slot, next.factId, next);
  return holder ? refusal('already-bound', { binding: holder }) : null;
};

/** 更正绑定: its first day or its linkage was entered wrongly. Another household or cooperative is another binding: void this one. */
export const correctBinding = defineCommand({
  name: 'correct-binding',
  title: { zh: '更正绑定', en: 'Correct a binding' },
  input: CorrectBinding,
  example: { bindingId: 'b-1', validFrom: '2022-02-01' },
  streams: (input, known) => {
    const ref = binding.at(input.bindingId);
    const now = known(ref)?.binding;
    if (!now) return { binding: ref, slots: [] };
    const both = [slotOf(now), slotOf({ ...now, linkage: input.linkage ?? now.linkage })];
    return { binding: ref, slots: both.filter(({ key }, i) => i === 0 || key !== both[0]?.key) };
  },
  needs: (input, known) => ({ household: householdOf(binding.at(input.bindingId), known) }),
  may: { roles: ['COOPERATIVE_MANAGER', ...OFFICIALS], on: ({ states, facts }) => placesOf(states.binding.state, facts.household) },
  refusals: { 'no-such-binding': NO_BINDING, 'already-bound': ALREADY_BOUND, 'ends-before-it-begins': ENDS_TOO_EARLY, 'labour-claims-no-land': LABOUR_CLAIMS_NONE },
  decide: ({ input, states, refuse }) => {
    const now = states.binding.state.binding;
    if (!now) return refuse('no-such-binding');
    const next = corrected(now, { from: input.validFrom, linkage: input.linkage });
    if (!next) return [];
    const problem = problemOf(next, states.binding, states.slots);
    if (problem) return problem;
    const restated = emit(states.binding, fact.events.FarmerBindingCorrected.of(next, next.from));
    return [...restated, ...restatedClaims(states.binding, next), ...changedSlots(states.slots, now, next)];
  },
});
