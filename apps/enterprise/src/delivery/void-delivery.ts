import { delivery as fact, IsId } from '#contracts';
import { defineCommand, emit } from '#decider';
import { contract } from '../contract/contract.js';
import { PARTIES, partiesOf, placesOf } from '../known/parties.js';
import { delivery, NO_DELIVERY } from './delivery.js';
import { free, ticketStreams } from './weigh-ticket.js';

export class VoidDelivery {
  @IsId() deliveryId: string;
}

/** 交付作废: this load never was; its weigh ticket may be entered again. */
export const voidDelivery = defineCommand({
  name: 'void-delivery',
  title: { zh: '作废交付', en: 'Void a delivery' },
  input: VoidDelivery,
  example: { deliveryId: 'd-1' },
  streams: (input, known) => {
    const ref = delivery.at(input.deliveryId);
    const now = known(ref)?.delivery;
    return { delivery: ref, tickets: ticketStreams(now?.ticket, now?.enterpriseId, contract.at(now?.contractId ?? '').key) };
  },
  needs: (input, known) => partiesOf(known(delivery.at(input.deliveryId))?.delivery),
  may: { roles: PARTIES, on: ({ states, facts }) => placesOf(states.delivery.state.delivery, facts) },
  refusals: { 'no-such-delivery': NO_DELIVERY },
  decide: ({ states, refuse }) => {
    const now = states.delivery.state.delivery;
    if (!now) return refuse('no-such-delivery');
    return [...emit(states.delivery, fact.events.DeliveryVoided.of(now, now.from)), ...free(states.tickets, now)];
  },
});
