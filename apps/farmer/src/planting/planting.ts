import { planting as fact, type PlantingData } from '#contracts';
import { defineStream, type DomainEvent } from '#decider';

/** 播种: one crop cycle on one parcel. */
export const planting = defineStream<{ readonly now: PlantingData | null }>({
  name: 'planting',
  initial: { now: null },
  evolve: (state, event: DomainEvent) => {
    const effect = fact.effects[event.type as keyof typeof fact.effects];
    if (!effect) return state;
    return { now: effect === 'voided' ? null : (event.data as PlantingData) };
  },
});

export const NO_SUCH_PLANTING = { zh: '没有这条播种记录,或已作废', en: 'no such planting, or it is void' };
