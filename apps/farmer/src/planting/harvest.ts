import { harvest as fact, type HarvestData } from '#contracts';
import { defineStream, type DomainEvent } from '#decider';

/** 收获: what one parcel gave on one day. */
export const harvest = defineStream<{ readonly now: HarvestData | null }>({
  name: 'harvest',
  initial: { now: null },
  evolve: (state, event: DomainEvent) => {
    const effect = fact.effects[event.type as keyof typeof fact.effects];
    if (!effect) return state;
    return { now: effect === 'voided' ? null : (event.data as HarvestData) };
  },
});

export const NO_SUCH_HARVEST = { zh: '没有这条收获记录,或已作废', en: 'no such harvest, or it is void' };
