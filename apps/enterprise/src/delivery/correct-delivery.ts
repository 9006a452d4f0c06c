import { corrected, delivery as fact, IsDay, IsId, IsLabel } from '#contracts';
import { defineCommand, emit } from '#decider';
import { IsOptional } from 'class-validator';
import { contract, NO_LINE } from '../contract/contract.js';
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

/** 更正交付: weight, day, line or weigh ticket were entered wrongly. */
export const correctDelivery = defineCommand({
  name: 'correct-delivery',
  title: { zh: '更正交付', en: 'Correct a delivery' },
  input: CorrectDelivery,
  example: { deliveryId: 'd-1', weight: 4.8, unit: 't' },
  streams: (input, known) => {
    const ref = delivery.at(input.deliveryId);
    const now = known(ref)?.delivery;
    const near = contract.at(now?.contractId ?? '').key;
    const changed = input.ticket !== undefined && input.ticket !== now?.ticket;
    return {
      delivery: ref,
      contracts: now ? [contract.at(now.contractId)] : [],
      left: changed ? ticketStreams(now?.ticket, now?.enterpriseId, near) : [],
      taken: changed ? ticketStreams(input.ticket, now?.enterpriseId, near) : [],
    };
  },
  needs: (input, known) => partiesOf(known(delivery.at(input.deliveryId))?.delivery),
  may: { roles: PARTIES, on: ({ states, facts }) => placesOf(states.delivery.state.delivery, facts) },
  refusals: { 'no-such-delivery': NO_DELIVERY, 'no-such-line': NO_LINE, 'ticket-used': TICKET_USED },
  decide: ({ input, states, refuse }) => {
    const now = states.delivery.state.delivery;
    if (!now) return refuse('no-such-delivery');
    const lineId = input.lineId ?? now.lineId;
    const line = states.contracts[0]?.state.lines.byKey.get(lineId);
    if (input.lineId !== undefined && !line) return refuse('no-such-line', { line: lineId });
    if (usedFor(states.taken, now.factId)) return refuse('ticket-used', { ticket: input.ticket ?? '' });
    const weight = input.weight === undefined ? undefined : grams(input.weight, input.unit);
    const next = corrected(now, { lineId, crop: line?.crop ?? now.crop, weight, from: input.on, ticket: input.ticket });
    if (!next) return [];
    return [...emit(states.delivery, fact.events.DeliveryCorrected.of(next, next.from)), ...free(states.left, now), ...take(states.taken, next)];
  },
});
