import { CoopEnterpriseSlotFreed, CoopEnterpriseSlotTaken, link as fact, type LinkData, overlap } from '#contracts';
import { defineStream, emit, type Emission, type Known, type Loaded, type StreamRef } from '#decider';

/** 合作社绑定龙头企业: one link; null while never made, and when made in error. */
export interface LinkState {
  readonly link: LinkData | null;
}
export const link = defineStream<LinkState>({
  name: 'link',
  initial: { link: null },
  evolve: (_, event) => ({ link: fact.effects[event.type as keyof typeof fact.effects] === 'voided' ? null : (event.data as LinkData) }),
});

interface Days {
  readonly from: string;
  readonly to: string | null;
}
export type SlotState = ReadonlyMap<string, Days>;

/** One link per cooperative × enterprise at a time: what two commands at once would race for. */
const slot = defineStream<SlotState, ReturnType<typeof CoopEnterpriseSlotTaken.of>>({
  name: 'link_slot',
  initial: new Map(),
  evolve: (state, { type, data }) => {
    const next = new Map(state);
    if (type === CoopEnterpriseSlotTaken.type) next.set(data.linkId, { from: data.from, to: data.to });
    else next.delete(data.linkId);
    return next;
  },
});
export const slotOf = (sides: Pick<LinkData, 'cooperativeId' | 'enterpriseId'>): StreamRef<SlotState> => slot.at(`${sides.cooperativeId}.${sides.enterpriseId}`);

/** A link that was made, and the slot it holds. */
export const withSlot = (linkId: string, known: Known): { link: StreamRef<LinkState>; slots: StreamRef<SlotState>[] } => {
  const ref = link.at(linkId);
  const now = known(ref)?.link;
  return { link: ref, slots: now ? [slotOf(now)] : [] };
};

/** The other link that holds one of these days, if any. */
export const holderOf = (slots: readonly Loaded<SlotState>[], next: LinkData): string | undefined =>
  slots.flatMap(({ state }) => [...state]).find(([id, held]) => id !== next.factId && overlap(held, next))?.[0];

export const take = (slots: readonly Loaded<SlotState>[], { factId: linkId, cooperativeId, enterpriseId, from, to }: LinkData): Emission[] =>
  slots.flatMap((held) => emit(held, CoopEnterpriseSlotTaken.of({ linkId, cooperativeId, enterpriseId, from, to }, from)));
export const free = (slots: readonly Loaded<SlotState>[], { factId: linkId, cooperativeId, enterpriseId, from }: LinkData): Emission[] =>
  slots.flatMap((held) => emit(held, CoopEnterpriseSlotFreed.of({ linkId, cooperativeId, enterpriseId }, from)));

export const NO_LINK = { zh: '没有这条绑定,或已作废', en: 'no such link, or it is void' };
export const ALREADY_LINKED = { zh: '该合作社与该企业在这段时间内已有绑定 {link}', en: 'they are bound in that time already: {link}' };
