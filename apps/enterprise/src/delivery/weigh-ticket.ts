import { type DeliveryData, WeighTicketFreed, WeighTicketTaken } from '#contracts';
import { defineStream, emit, type Emission, type Loaded, type StreamRef } from '#decider';

export interface TicketState {
  readonly deliveryId: string | null;
}

/** 过磅单: a weigh ticket of an enterprise stands for one load, so that none is entered twice. */
const weighTicket = defineStream<TicketState, ReturnType<typeof WeighTicketTaken.of>>({
  name: 'weigh_ticket',
  initial: { deliveryId: null },
  evolve: (_, event) => ({ deliveryId: event.type === WeighTicketTaken.type ? event.data.deliveryId : null }),
});

/** The stream of a ticket, beside its contract; none without a ticket. */
export const ticketStreams = (ticket: string | undefined, enterpriseId: string | undefined, near: string): StreamRef<TicketState>[] =>
  ticket === undefined || enterpriseId === undefined ? [] : [weighTicket.at(`${enterpriseId}.${encodeURIComponent(ticket)}`, near)];

export const usedFor = (tickets: readonly Loaded<TicketState>[], deliveryId: string): boolean =>
  tickets.some(({ state }) => state.deliveryId !== null && state.deliveryId !== deliveryId);

const dataOf = ({ ticket = '', enterpriseId, factId }: DeliveryData) => ({ ticket, enterpriseId, deliveryId: factId });
export const take = (tickets: readonly Loaded<TicketState>[], load: DeliveryData): Emission[] => tickets.flatMap((ticket) => emit(ticket, WeighTicketTaken.of(dataOf(load), load.from)));
export const free = (tickets: readonly Loaded<TicketState>[], load: DeliveryData): Emission[] => tickets.flatMap((ticket) => emit(ticket, WeighTicketFreed.of(dataOf(load), load.from)));

export const TICKET_USED = { zh: '过磅单 {ticket} 已登记过', en: 'the weigh ticket {ticket} is entered already' };
