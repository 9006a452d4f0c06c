import { corrected, delivery as fact, type DeliveryData, IsDay, IsId, IsLabel } from '#contracts';
import { defineCommand, emit, type Loaded } from '#decider';
import { IsOptional } from 'class-validator';
import { contract, type ContractState, NO_LINE } from '../contract/contract.js';
import { grams, IsUnit, IsWeighed, type Unit } from '../contract/weighed.js';
import { PARTIES, partiesOf, placesOf } from '../known/parties.js';
import { delivery, NO_DELIVERY } from './delivery.js';
import { free, take, TICKET_USED, ticketStreams, usedFor } from './weigh-ticket.js';

export class CorrectDelivery {
  @IsId() deliveryId: string;
  /** Another line of the same contract. */
  @IsOptional() @IsId() lineId?: string;
  @IsOptional() @IsWeighed() weight?: number;
  @IsUnit() unit?: Unit;
  @IsOptional() @IsDay() on?: string;
  @IsOptional() @IsLabel() ticket?: string;
}

/** Its contract, and the weigh tickets it leaves and takes. */
const concerned = (now: DeliveryData, { ticket }: CorrectDelivery) => {
  const against = contract.at(now.contractId);
  const changed = ticket !== undefined && ticket !== now.ticket;
  const tickets = (named: string | undefined) => (changed ? ticketStreams(named, now.enterpriseId, against.key) : []);
  return { contracts: [against], left: tickets(now.ticket), taken: tickets(ticket) };
};

/** The load as it now is, null when nothing changes; undefined when its line is not there. */
const weighedAnew = (now: DeliveryData, contracts: readonly Loaded<ContractState>[], { lineId = now.lineId, weight, unit, on, ticket }: CorrectDelivery): DeliveryData | null | undefined => {
  const line = contracts[0]?.state.lines.byKey.get(lineId);
  if (!line && lineId !== now.lineId) return undefined;
  return corrected(now, { lineId, crop: line?.crop, weight: weight === undefined ? undefined : grams(weight, unit), from: on, ticket });
};

/** 更正交付: weight, day, line or weigh ticket were entered wrongly. */
export const correctDelivery = defineCommand({
  name: 'correct-delivery',
  title: { zh: '更正交付', en: 'Correct a delivery' },
  input: CorrectDelivery,
  example: { deliveryId: 'd-1', weight: 4.8, unit: 't' },
  streams: (input, known) => {
    const ref = delivery.at(input.deliveryId);
    const now = known(ref)?.delivery;
    return now ? { delivery: ref, ...concerned(now, input) } : { delivery: ref, contracts: [], left: [], taken: [] };
  },
  needs: (input, known) => partiesOf(known(delivery.at(input.deliveryId))?.delivery),
  may: { roles: PARTIES, on: ({ states, facts }) => placesOf(states.delivery.state.delivery, facts) },
  refusals: { 'no-such-delivery': NO_DELIVERY, 'no-such-line': NO_LINE, 'ticket-used': TICKET_USED },
  decide: ({ input, states, refuse }) => {
    const now = states.delivery.state.delivery;
    if (!now) return refuse('no-such-delivery');
    if (usedFor(states.taken, now.factId)) return refuse('ticket-used', { ticket: input.ticket ?? '' });
    const next = weighedAnew(now, states.contracts, input);
    if (next === undefined) return refuse('no-such-line', { line: input.lineId ?? now.lineId });
    if (next === null) return [];
    return [...emit(states.delivery, fact.events.DeliveryCorrected.of(next, next.from)), ...free(states.left, now), ...take(states.taken, next)];
  },
});
