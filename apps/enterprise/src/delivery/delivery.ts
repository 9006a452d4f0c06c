import { delivery as fact, type DeliveryData } from '#contracts';
import { defineStream } from '#decider';

/** 交付: one load against a contract line; null while never recorded, and when recorded in error. */
export interface DeliveryState {
  readonly delivery: DeliveryData | null;
}
export const delivery = defineStream<DeliveryState>({
  name: 'delivery',
  initial: { delivery: null },
  evolve: (_, event) => ({ delivery: fact.effects[event.type as keyof typeof fact.effects] === 'voided' ? null : (event.data as DeliveryData) }),
});

export const NO_DELIVERY = { zh: '没有这笔交付,或已作废', en: 'no such delivery, or it is void' };
