import { type BindingData, FarmerBindingSlotFreed, FarmerBindingSlotTaken, overlap } from '#contracts';
import { defineStream, emit, type Emission, type Loaded, type StreamRef } from '#decider';

interface Days {
  readonly from: string;
  readonly to: string | null;
}
/** Which binding holds which days. */
export type SlotState = ReadonlyMap<string, Days>;

/** One binding per household × cooperative × linkage at a time: what two commands at once would race for. */
export const slot = defineStream<SlotState, ReturnType<typeof FarmerBindingSlotTaken.of>>({
  name: 'binding_slot',
  initial: new Map(),
  evolve: (state, { type, data }) => {
    const next = new Map(state);
    if (type === FarmerBindingSlotTaken.type) next.set(data.bindingId, { from: data.from, to: data.to });
    else next.delete(data.bindingId);
    return next;
  },
});

type Three = Pick<BindingData, 'householdId' | 'cooperativeId' | 'linkage'>;
export const slotOf = (three: Three): StreamRef<SlotState> => slot.at(`${three.householdId}.${three.cooperativeId}.${three.linkage}`);

/** The other binding that holds one of these days, if any. */
export const holderOf = ({ state }: Loaded<SlotState>, bindingId: string, days: Days): string | undefined =>
  [...state].find(([id, held]) => id !== bindingId && overlap(held, days))?.[0];

/** Takes the days the binding now has; nothing when it holds just these. */
export const take = (held: Loaded<SlotState>, now: BindingData): Emission[] => {
  const before = held.state.get(now.factId);
  if (before?.from === now.from && before.to === now.to) return [];
  const { factId: bindingId, householdId, cooperativeId, linkage, from, to } = now;
  return emit(held, FarmerBindingSlotTaken.of({ bindingId, householdId, cooperativeId, linkage, from, to }, from));
};

export const free = (held: Loaded<SlotState>, { factId: bindingId, householdId, cooperativeId, linkage, from }: BindingData): Emission[] =>
  held.state.has(bindingId) ? emit(held, FarmerBindingSlotFreed.of({ bindingId, householdId, cooperativeId, linkage }, from)) : [];
