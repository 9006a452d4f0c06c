import { contract as contractFact, contractLine, delivery as fact, type DeliveryData, WeighTicketFreed, WeighTicketTaken } from '#contracts';
import { given } from '#decider';
import { contract } from '../contract/contract.js';
import { correctDelivery } from './correct-delivery.js';
import { delivery } from './delivery.js';
import { recordDelivery } from './record-delivery.js';
import { voidDelivery } from './void-delivery.js';
import { ticketStreams } from './weigh-ticket.js';

const D = fact.events;
const sides = { cooperativeId: 'c-1', enterpriseId: 'e-1' };
const near = contract.at('o-1').key;
const load: DeliveryData = { factId: 'd-1', from: '2022-06-20', contractId: 'o-1', lineId: 'o-1.1', ...sides, crop: '桃', weight: 5_000_000, ticket: 'GB-1' };
const ticket = (name: string, deliveryId = 'd-1') => ({ ticket: name, enterpriseId: 'e-1', deliveryId });
const [gb1 = contract.at(''), gb2 = contract.at('')] = [...ticketStreams('GB-1', 'e-1', near), ...ticketStreams('GB-2', 'e-1', near)];
const signed = given()
  .events(contract.at('o-1'),
    contractFact.events.ContractSigned.of({ factId: 'o-1', from: '2022-01-01', to: '2023-01-01', contractId: 'o-1', ...sides }, '2022-01-01'),
    contractLine.events.ContractLineAgreed.of({ factId: 'o-1.1', from: '2022-01-01', contractId: 'o-1', lineId: 'o-1.1', ...sides, crop: '桃', quantity: 1, area: 1, due: '2022-06-30' }, '2022-01-01'))
  .facts({ cooperatives: [], enterprises: [] });
const delivered = signed.events(delivery.at('d-1'), D.DeliveryRecorded.of(load, load.from)).events(gb1, WeighTicketTaken.of(ticket('GB-1'), load.from));
const input = { id: 'd-1', contractId: 'o-1', lineId: 'o-1.1', weight: 5, unit: 't' as const, on: '2022-06-20', ticket: 'GB-1' };

describe('A delivery', () => {
  test('is weighed in against a contract line and takes its weigh ticket', () =>
    signed.when(recordDelivery, input).emits(['delivery-d-1', D.DeliveryRecorded.of(load, load.from)], [gb1.key, WeighTicketTaken.of(ticket('GB-1'), load.from)]));
  test('lies in the lane of its contract', () => expect(recordDelivery.streams(input, () => undefined).delivery.laneKey).toBe(near));
  test('names a line that is there', () => signed.when(recordDelivery, { ...input, lineId: 'o-1.9' }).rejects('no-such-line'));
  test('a weigh ticket is entered once', () => delivered.when(recordDelivery, { ...input, id: 'd-2' }).rejects('ticket-used'));
  test('is corrected in its weight and day', () =>
    delivered.when(correctDelivery, { deliveryId: 'd-1', weight: 4.8, unit: 't', on: '2022-06-21' }).emits(D.DeliveryCorrected.of({ ...load, weight: 4_800_000, from: '2022-06-21' }, '2022-06-21')));
  test('is corrected in its ticket, which frees the other', () =>
    delivered.when(correctDelivery, { deliveryId: 'd-1', ticket: 'GB-2' }).emits(
      ['delivery-d-1', D.DeliveryCorrected.of({ ...load, ticket: 'GB-2' }, load.from)],
      [gb1.key, WeighTicketFreed.of(ticket('GB-1'), load.from)],
      [gb2.key, WeighTicketTaken.of(ticket('GB-2'), load.from)],
    ));
  test('is voided, and its ticket may be entered again', () =>
    delivered.when(voidDelivery, { deliveryId: 'd-1' }).emits(['delivery-d-1', D.DeliveryVoided.of(load, load.from)], [gb1.key, WeighTicketFreed.of(ticket('GB-1'), load.from)]));
  test('a void delivery is none', () => delivered.events(delivery.at('d-1'), D.DeliveryVoided.of(load, load.from)).when(voidDelivery, { deliveryId: 'd-1' }).rejects('no-such-delivery'));
});
