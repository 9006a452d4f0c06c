import { CoopEnterpriseSlotFreed, CoopEnterpriseSlotTaken, link as fact, type LinkData } from '#contracts';
import { given } from '#decider';
import { bindCooperative } from './bind-cooperative.js';
import { correctLink } from './correct-link.js';
import { link, slotOf } from './link.js';
import { unbindCooperative } from './unbind-cooperative.js';
import { voidLink } from './void-link.js';

const L = fact.events;
const sides = { cooperativeId: 'c-1', enterpriseId: 'e-1' };
const slot = slotOf(sides);
const data: LinkData = { factId: 'n-1', from: '2022-01-01', to: null, ...sides };
const taken = ({ from, to }: Pick<LinkData, 'from' | 'to'>, linkId = 'n-1') => CoopEnterpriseSlotTaken.of({ linkId, ...sides, from, to }, from);
const facts = { cooperatives: [{ from: '2019-05-01', to: null, villageId: 'r-1' }], enterprises: [{ from: '2015-01-01', to: null, villageId: 'r-1' }] };
const bound = given().events(link.at('n-1', slot.key), L.CoopEnterpriseBound.of(data, data.from)).events(slot, taken(data)).facts(facts);
const unbound = bound.events(link.at('n-1'), L.CoopEnterpriseUnbound.of({ ...data, to: '2023-01-01' }, '2022-12-31')).events(slot, taken({ from: data.from, to: '2023-01-01' }));
const n1 = { linkId: 'n-1' };

describe('A cooperative and an enterprise', () => {
  test('are bound from a day on', () =>
    given().facts(facts).when(bindCooperative, { id: 'n-1', ...sides, validFrom: '2022-01-01' }).emits(['link-n-1', L.CoopEnterpriseBound.of(data, data.from)], ['link_slot-c-1.e-1', taken(data)]));
  test('are bound once at a time', () => bound.when(bindCooperative, { id: 'n-2', ...sides }).rejects('already-linked'));
  test('may be bound again later, and to others at any time', () => {
    unbound.when(bindCooperative, { id: 'n-2', ...sides, validFrom: '2023-01-01' }).emitted();
    bound.when(bindCooperative, { id: 'n-2', ...sides, enterpriseId: 'e-2' }).emitted();
  });
  test('are not bound after one of them was dissolved', () =>
    given().facts({ ...facts, enterprises: [{ from: '2015-01-01', to: '2021-12-01', villageId: 'r-1' }] }).when(bindCooperative, { id: 'n-1', ...sides, validFrom: '2022-01-01' }).rejects('side-dissolved'));
  test('part on a last day', () =>
    bound.when(unbindCooperative, { ...n1, validThrough: '2022-12-31' }).emits(['link-n-1', L.CoopEnterpriseUnbound.of({ ...data, to: '2023-01-01' }, '2022-12-31')], ['link_slot-c-1.e-1', taken({ from: data.from, to: '2023-01-01' })]));
  test('part once', () => unbound.when(unbindCooperative, { ...n1, validThrough: '2022-12-31' }).rejects('already-unbound'));
  test('are corrected: another day, or never parted', () => {
    bound.when(correctLink, { ...n1, validFrom: '2022-02-01' }).emits(['link-n-1', L.CoopEnterpriseBindingCorrected.of({ ...data, from: '2022-02-01' }, '2022-02-01')], ['link_slot-c-1.e-1', taken({ from: '2022-02-01', to: null })]);
    unbound.when(correctLink, { ...n1, open: true }).emitted();
    unbound.events(slot, taken({ from: '2023-01-01', to: null }, 'n-2')).when(correctLink, { ...n1, open: true }).rejects('already-linked');
  });
  test('never were bound', () =>
    bound.when(voidLink, n1).emits(['link-n-1', L.CoopEnterpriseBindingVoided.of(data, data.from)], ['link_slot-c-1.e-1', CoopEnterpriseSlotFreed.of({ linkId: 'n-1', ...sides }, data.from)]));
});
