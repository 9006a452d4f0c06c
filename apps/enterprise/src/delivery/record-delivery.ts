import { delivery as fact, type DeliveryData, IsDay, IsId, IsLabel, IsNewId } from '#contracts';
import { defineCommand, emit } from '#decider';
import { IsOptional } from 'class-validator';
import { contract, NO_CONTRACT, NO_LINE } from '../contract/contract.js';
import { grams, IsUnit, IsWeighed, type Unit } from '../contract/weighed.js';
import { PARTIES, partiesOf, placesOf } from '../known/parties.js';
import { delivery } from './delivery.js';
import { take, TICKET_USED, ticketStreams, usedFor } from './weigh-ticket.js';

export class RecordDelivery {
  /** Left out: made by the service. */
  @IsOptional() @IsNewId() id: string;
  @IsId() contractId: string;
  @IsId() lineId: string;
  /** Net weight in the unit given; grams when none is. */
  @IsWeighed() weight: number;
  @IsUnit() unit?: Unit;
  /** Today when left out. */
  @IsOptional() @IsDay() on?: string;
  /** 过磅单 number */
  @IsOptional() @IsLabel() ticket?: string;
}

/** 交付: a load is weighed in against a contract line; more than was agreed is recorded, and capped only where it is counted. */
export const recordDelivery = defineCommand({
  name: 'record-delivery',
  title: { zh: '登记交付', en: 'Record a delivery' },
  input: RecordDelivery,
  example: { id: 'd-1', contractId: 'o-1', lineId: 'o-1.1', weight: 5, unit: 't', on: '2022-06-20', ticket: 'GB-0001' },
  streams: (input, known) => {
    const against = contract.at(input.contractId);
    const enterpriseId = known(against)?.contract?.enterpriseId;
    return { contract: against, delivery: delivery.at(input.id, against.key), tickets: ticketStreams(input.ticket, enterpriseId, against.key) };
  },
  needs: (input, known) => partiesOf(known(contract.at(input.contractId))?.contract),
  may: { roles: PARTIES, on: ({ states, facts }) => placesOf(states.contract.state.contract, facts) },
  refusals: {
    'no-such-contract': NO_CONTRACT,
    'no-such-line': NO_LINE,
    'ticket-used': TICKET_USED,
    'id-taken': { zh: '编号 {id} 已被使用', en: 'the id {id} is taken' },
  },
  decide: ({ input, states, today, refuse }) => {
    const { contract: against, lines } = states.contract.state;
    if (!against) return refuse('no-such-contract');
    const line = lines.byKey.get(input.lineId);
    if (!line) return refuse('no-such-line', { line: input.lineId });
    if (states.delivery.version > 0) return refuse('id-taken', { id: input.id });
    if (usedFor(states.tickets, input.id)) return refuse('ticket-used', { ticket: input.ticket ?? '' });
    const { contractId, lineId, cooperativeId, enterpriseId, crop } = line;
    const from = input.on ?? today;
    const load: DeliveryData = { factId: input.id, from, contractId, lineId, cooperativeId, enterpriseId, crop, weight: grams(input.weight, input.unit), ...(input.ticket ? { ticket: input.ticket } : {}) };
    return [...emit(states.delivery, fact.events.DeliveryRecorded.of(load, from)), ...take(states.tickets, load)];
  },
});
