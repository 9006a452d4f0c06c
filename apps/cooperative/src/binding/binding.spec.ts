import { binding as fact, type BindingData, claim, type ClaimData, FarmerBindingSlotFreed, FarmerBindingSlotTaken } from '#contracts';
import { given } from '#decider';
import { admitBinding } from './admit-binding.js';
import { binding } from './binding.js';
import { confirmBinding } from './confirm-binding.js';
import { correctConfirmation } from './correct-confirmation.js';
import { correctBindingEnd } from './correct-binding-end.js';
import { correctBinding } from './correct-binding.js';
import { draftBinding } from './draft-binding.js';
import { endBinding } from './end-binding.js';
import { slotOf } from './slot.js';
import { submitBinding } from './submit-binding.js';
import { voidBindingEnd } from './void-binding-end.js';
import { voidBinding } from './void-binding.js';

const E = fact.events;
const three = { householdId: 'h-1', cooperativeId: 'c-1', linkage: 'MEMBER' as const };
const slot = slotOf(three);
const stream = binding.at('b-1', slot.key);
const DRAFT: BindingData = { factId: 'b-1', from: '2022-03-01', to: null, ...three, state: 'DRAFT' };
const SUBMITTED: BindingData = { ...DRAFT, state: 'SUBMITTED', submittedBy: 'manager' };
const CONFIRMED: BindingData = { ...SUBMITTED, state: 'CONFIRMED_BY_FARMER', confirmation: { method: 'SIGNATURE', on: '2022-02-20', by: 'HEAD' } };
const ACTIVE: BindingData = { ...CONFIRMED, state: 'ACTIVE' };
const ENDED: BindingData = { ...ACTIVE, state: 'ENDED', to: '2022-07-01', endReason: 'WITHDRAWN' };
const taken = ({ from, to }: { from: string; to: string | null }, bindingId = 'b-1') => FarmerBindingSlotTaken.of({ bindingId, ...three, from, to }, from);
const facts = { household: { villageId: 'r-1' }, cooperative: { from: '2019-05-01', to: null }, parcels: [] };
const at = (state: BindingData) => given().events(stream, E.FarmerBindingDrafted.of(state, state.from)).events(slot, taken(state)).facts({ ...facts, household: [facts.household] });
const input = { id: 'b-1', ...three, validFrom: '2022-03-01' };
const b1 = { bindingId: 'b-1' };
const manager = { actor: 'manager', roles: ['COOPERATIVE_MANAGER'] };
const official = { actor: 'official', roles: ['VILLAGE_OFFICIAL'] };
const land: ClaimData = { factId: 'k-1', from: '2022-03-01', to: null, parcelId: 'l-1', bindingId: 'b-1', ...three, crop: '桃' };

describe('Binding a household to a cooperative', () => {
  test('begins as a draft that holds its slot', () =>
    given().facts(facts).when(draftBinding, input, manager).emits(['binding-b-1', E.FarmerBindingDrafted.of(DRAFT, DRAFT.from)], ['binding_slot-h-1.c-1.MEMBER', taken(DRAFT)]));
  test('is drafted, submitted and given its land in one command', () =>
    given().facts(facts).when(draftBinding, { ...input, submit: true, claims: [{ id: 'k-1', parcelId: 'l-1', crop: '桃' }] }, manager).emits(
      ['binding-b-1', E.FarmerBindingDrafted.of(DRAFT, DRAFT.from)],
      ['binding-b-1', E.FarmerBindingSubmitted.of(SUBMITTED, DRAFT.from)],
      ['binding-b-1', claim.events.LandClaimed.of(land, land.from)],
      ['binding_slot-h-1.c-1.MEMBER', taken(DRAFT)],
    ));
  test('lies in the lane of its slot', () => expect(draftBinding.streams(input, () => undefined).binding.laneKey).toBe(slot.key));
  test('labour claims no land', () =>
    given().facts(facts).when(draftBinding, { ...input, linkage: 'LABOUR', claims: [{ parcelId: 'l-1', crop: '桃' }] }, manager).rejects('labour-claims-no-land'));
  test('an official says for which cooperative he submits', () => {
    given().facts(facts).when(draftBinding, { ...input, submit: true }, official).rejects('unsaid-for-whom');
    at(DRAFT).when(submitBinding, b1, { ...official, onBehalfOf: 'c-1' }).emits(E.FarmerBindingSubmitted.of({ ...SUBMITTED, submittedBy: 'official' }, DRAFT.from));
  });
  test('one at a time for a household, a cooperative and a linkage', () => at(ACTIVE).facts(facts).when(draftBinding, { ...input, id: 'b-2' }, manager).rejects('already-bound'));
  test('again after it has ended', () => void at(ENDED).facts(facts).when(draftBinding, { ...input, id: 'b-2', validFrom: '2022-07-01' }, manager).emitted());
  test('a second cooperative is never refused', () => void at(ACTIVE).facts(facts).when(draftBinding, { ...input, id: 'b-2', cooperativeId: 'c-2' }, manager).emitted());
  test('not to a cooperative that was dissolved before', () =>
    given().facts({ ...facts, cooperative: { from: '2019-05-01', to: '2022-03-01' } }).when(draftBinding, input, manager).rejects('cooperative-dissolved'));
  test('only a draft is submitted', () => at(SUBMITTED).when(submitBinding, b1, manager).rejects('not-a-draft'));
});

describe("The farmer's confirmation", () => {
  const said = { ...b1, method: 'SIGNATURE' as const, on: '2022-02-20', by: 'HEAD' };
  test('is recorded with its way, its day and who said so', () => at(SUBMITTED).when(confirmBinding, said, official).emits(E.FarmerBindingConfirmed.of(CONFIRMED, '2022-02-20')));
  test('is never recorded by whoever submitted the binding', () => at(SUBMITTED).when(confirmBinding, said, { actor: 'manager', roles: ['VILLAGE_OFFICIAL'] }).rejects('confirmed-by-submitter'));
  test('needs a submission', () => at(DRAFT).when(confirmBinding, said, official).rejects('not-submitted'));
  test('does not lie in the future', () => at(SUBMITTED).when(confirmBinding, { ...said, on: '2022-07-19' }, official).rejects('day-to-come'));
  test('entered wrongly is corrected, before and after the admission', () => {
    const right = { ...CONFIRMED.confirmation, method: 'SIGNATURE' as const, by: 'HEAD', on: '2022-02-18' };
    for (const state of [CONFIRMED, ACTIVE, ENDED]) at(state).when(correctConfirmation, { ...b1, on: '2022-02-18' }, official).emits(E.FarmerBindingCorrected.of({ ...state, confirmation: right }, state.from));
    at(ACTIVE).when(correctConfirmation, { ...b1, on: '2022-02-20' }, official).emits();
  });
  test('is not corrected by whoever submitted it, into the future, or where there is none', () => {
    at(ACTIVE).when(correctConfirmation, { ...b1, method: 'PHONE' }, { ...official, actor: 'manager' }).rejects('confirmed-by-submitter');
    at(ACTIVE).when(correctConfirmation, { ...b1, on: '2099-01-01' }, official).rejects('day-to-come');
    at(SUBMITTED).when(correctConfirmation, { ...b1, method: 'PHONE' }, official).rejects('not-confirmed');
  });
});

describe('Admitting a household', () => {
  test('makes the binding count from the day asked for', () => at(CONFIRMED).when(admitBinding, b1, manager).emits(E.FarmerBindingActivated.of(ACTIVE, ACTIVE.from)));
  test('or from another day, before or after', () =>
    at(CONFIRMED).when(admitBinding, { ...b1, validFrom: '2022-09-01' }, manager).emits(
      ['binding-b-1', E.FarmerBindingActivated.of({ ...ACTIVE, from: '2022-09-01' }, '2022-09-01')],
      ['binding_slot-h-1.c-1.MEMBER', taken({ from: '2022-09-01', to: null })],
    ));
  test('not from a day that an earlier binding holds', () =>
    at(CONFIRMED).events(slot, taken({ from: '2021-01-01', to: '2022-02-01' }, 'b-0')).when(admitBinding, { ...b1, validFrom: '2022-01-01' }, manager).rejects('already-bound'));
  test("needs the farmer's confirmation", () => at(SUBMITTED).when(admitBinding, b1, manager).rejects('not-confirmed'));
});

describe('The end of a binding', () => {
  const end = { ...b1, validThrough: '2022-06-30', reason: 'WITHDRAWN' as const };
  test('is its last day and its reason; the slot is free from the next day on', () =>
    at(ACTIVE).when(endBinding, end, manager).emits(['binding-b-1', E.FarmerBindingEnded.of(ENDED, '2022-06-30')], ['binding_slot-h-1.c-1.MEMBER', taken(ENDED)]));
  test('not before its first day', () => at(ACTIVE).when(endBinding, { ...end, validThrough: '2022-02-28' }, manager).rejects('ends-before-it-begins'));
  test('what never counted is voided, not ended', () => at(SUBMITTED).when(endBinding, end, manager).rejects('not-active'));
  test('is corrected', () => at(ENDED).when(correctBindingEnd, { ...b1, reason: 'EXPIRED' }).emits(E.FarmerBindingCorrected.of({ ...ENDED, endReason: 'EXPIRED' }, ENDED.from)));
  test('is voided: the binding is active as before', () =>
    at(ENDED).when(voidBindingEnd, b1).emits(['binding-b-1', E.FarmerBindingCorrected.of(ACTIVE, ACTIVE.from)], ['binding_slot-h-1.c-1.MEMBER', taken(ACTIVE)]));
  test('is not voided when the household was bound anew', () => at(ENDED).events(slot, taken({ from: '2022-07-01', to: null }, 'b-2')).when(voidBindingEnd, b1).rejects('already-bound'));
});

describe('Correcting and voiding a binding', () => {
  test('another first day', () =>
    at(ACTIVE).when(correctBinding, { ...b1, validFrom: '2022-02-01' }).emits(
      ['binding-b-1', E.FarmerBindingCorrected.of({ ...ACTIVE, from: '2022-02-01' }, '2022-02-01')],
      ['binding_slot-h-1.c-1.MEMBER', taken({ from: '2022-02-01', to: null })],
    ));
  test('another linkage leaves the one slot, takes the other and restates the claims', () => {
    const order = { linkage: 'ORDER' as const };
    at(ACTIVE).events(stream, claim.events.LandClaimed.of(land, land.from)).when(correctBinding, { ...b1, ...order }).emits(
      ['binding-b-1', E.FarmerBindingCorrected.of({ ...ACTIVE, ...order }, ACTIVE.from)],
      ['binding-b-1', claim.events.LandClaimCorrected.of({ ...land, ...order }, land.from)],
      ['binding_slot-h-1.c-1.MEMBER', FarmerBindingSlotFreed.of({ bindingId: 'b-1', ...three }, ACTIVE.from)],
      ['binding_slot-h-1.c-1.ORDER', FarmerBindingSlotTaken.of({ bindingId: 'b-1', ...three, ...order, from: ACTIVE.from, to: null }, ACTIVE.from)],
    );
    at(ACTIVE).events(stream, claim.events.LandClaimed.of(land, land.from)).when(correctBinding, { ...b1, linkage: 'LABOUR' }).rejects('labour-claims-no-land');
  });
  test('voided it never was, and its slot is free', () =>
    at(ACTIVE).when(voidBinding, b1).emits(['binding-b-1', E.FarmerBindingVoided.of(ACTIVE, ACTIVE.from)], ['binding_slot-h-1.c-1.MEMBER', FarmerBindingSlotFreed.of({ bindingId: 'b-1', ...three }, ACTIVE.from)]));
  test('a void binding is none', () => at(ACTIVE).events(stream, E.FarmerBindingVoided.of(ACTIVE, ACTIVE.from)).when(voidBinding, b1).rejects('no-such-binding'));
});
