import { binding as bindingFact, type BindingData, claim, type ClaimData, ParcelConflictFlagged, registration, type RegistrationData } from '#contracts';
import { given } from '#decider';
import { binding } from '../binding/binding.js';
import { cooperative } from '../registration/cooperative.js';
import { parcelConflict } from './parcel-conflict.js';
import { resolveParcelConflict } from './resolve-parcel-conflict.js';

/** Today is 2022-07-18. */
const conflict = { conflictId: 'x-1', parcelId: 'l-1', claimIds: ['k-1', 'k-2'], cooperativeIds: ['c-1', 'c-2'] };
const from = '2022-03-01';
type Change = Partial<ClaimData & BindingData & RegistrationData>;
const side = (n: number, { land = {}, bound = {}, registered = {} }: { land?: Change; bound?: Change; registered?: Change } = {}) => {
  const who = { householdId: 'h-1', cooperativeId: `c-${n}`, linkage: 'MEMBER' as const };
  return [
    [cooperative.at(`c-${n}`), registration.events.CooperativeRegistered.of({ factId: `c-${n}.registration`, from: '2019-05-01', to: null, cooperativeId: `c-${n}`, creditCode: '93410308XX0000019H', kind: 'SPECIALIZED', name: `测试${n}`, ...registered } as RegistrationData, from)],
    [binding.at(`b-${n}`), bindingFact.events.FarmerBindingActivated.of({ factId: `b-${n}`, from, to: null, ...who, state: 'ACTIVE', ...bound } as BindingData, from)],
    [binding.at(`b-${n}`), claim.events.LandClaimed.of({ factId: `k-${n}`, from, to: null, parcelId: 'l-1', bindingId: `b-${n}`, ...who, crop: '桃', ...land } as ClaimData, from)],
  ] as const;
};
const told = (second: Parameters<typeof side>[1]) =>
  [...side(1), ...side(2, second)].reduce((story, [stream, event]) => story.events(stream as never, event), given().events(parcelConflict.at('x-1'), ParcelConflictFlagged.of(conflict, from)).facts({ parcels: [{ villageId: 'r-1' }] }));
const input = { conflictId: 'x-1', resolution: 'CLAIM_ENDED' as const, bindingOf: { 'k-1': 'b-1', 'k-2': 'b-2' } };

describe('That a claim was ended is said', () => {
  test.each([
    ['the claim ended', { land: { to: '2022-07-01' } }],
    ['it ends today', { land: { to: '2022-07-19' } }],
    ['the binding ended', { bound: { to: '2022-07-01', state: 'ENDED' as const } }],
    ['the binding never counted', { bound: { state: 'DRAFT' as const } }],
    ['the cooperative was dissolved', { registered: { to: '2022-07-01' } }],
    ['the claim was corrected to other land', { land: { parcelId: 'l-2' } }],
  ])('when %s', (_, second) => void told(second).when(resolveParcelConflict, input).emitted());

  test.each([
    ['both stand', {}],
    ['one ends only later', { land: { to: '2022-12-31' } }],
    ['both are still to come', { land: { from: '2022-09-01' } }],
  ])('not while %s', (_, second) => {
    told(second).when(resolveParcelConflict, input).rejects('claims-still-stand');
    told(second).when(resolveParcelConflict, { ...input, resolution: 'CLAIM_VOIDED' }).rejects('claims-still-stand');
    told(second).when(resolveParcelConflict, { ...input, resolution: 'BOTH_STAND' }).emitted();
  });

  test('not while a binding is not found', () => told({ land: { to: '2022-07-01' } }).when(resolveParcelConflict, { ...input, bindingOf: {} }).rejects('claims-still-stand'));
  test('of a claim that was voided', () =>
    void told({}).events(binding.at('b-2'), claim.events.LandClaimVoided.of({ factId: 'k-2', from, to: null, parcelId: 'l-1', bindingId: 'b-2', householdId: 'h-1', cooperativeId: 'c-2', linkage: 'MEMBER', crop: '桃' }, from)).when(resolveParcelConflict, { ...input, resolution: 'CLAIM_VOIDED' }).emitted());
});
