import { binding as fact, type BindingData, claim, type ClaimData } from '#contracts';
import { given } from '#decider';
import { binding } from '../binding/binding.js';
import { claimLand } from './claim-land.js';
import { correctClaim } from './correct-claim.js';
import { endClaim } from './end-claim.js';
import { voidClaim } from './void-claim.js';

const K = claim.events;
const who = { householdId: 'h-1', cooperativeId: 'c-1', linkage: 'MEMBER' as const };
const bound: BindingData = { factId: 'b-1', from: '2022-03-01', to: null, ...who, state: 'ACTIVE' };
const land: ClaimData = { factId: 'b-1.k1', from: '2022-03-01', to: null, parcelId: 'l-1', bindingId: 'b-1', ...who, crop: '桃' };
const stream = binding.at('b-1');
const active = given().events(stream, fact.events.FarmerBindingActivated.of(bound, bound.from)).facts({ household: [{ villageId: 'r-1' }], parcels: [{ villageId: 'r-1', area: 325 }] });
const claimed = active.events(stream, K.LandClaimed.of(land, land.from));
const k1 = { bindingId: 'b-1', claimId: 'b-1.k1' };

describe('Land a binding rests on', () => {
  test('is claimed from the first day of the binding unless said otherwise', () => active.when(claimLand, { bindingId: 'b-1', claims: [{ parcelId: 'l-1', crop: '桃' }] }).emits(K.LandClaimed.of(land, land.from)));
  test('is claimed once for a crop on a day', () => {
    claimed.when(claimLand, { bindingId: 'b-1', claims: [{ parcelId: 'l-1', crop: '桃', validFrom: '2022-05-01' }] }).rejects('already-claimed');
    claimed.when(claimLand, { bindingId: 'b-1', claims: [{ parcelId: 'l-1', crop: '设施蔬菜' }] }).emitted();
    active.when(claimLand, { bindingId: 'b-1', claims: [{ parcelId: 'l-1', crop: '桃' }, { parcelId: 'l-1', crop: '桃' }] }).rejects('already-claimed');
  });
  test('no claim without a binding', () => given().when(claimLand, { bindingId: 'b-1', claims: [{ parcelId: 'l-1', crop: '桃' }] }).rejects('no-such-binding'));
  test('ends on its last day', () => claimed.when(endClaim, { ...k1, validThrough: '2022-09-30' }).emits(K.LandClaimEnded.of({ ...land, to: '2022-10-01' }, '2022-09-30')));
  test('ends once', () => claimed.events(stream, K.LandClaimEnded.of({ ...land, to: '2022-10-01' }, '2022-09-30')).when(endClaim, { ...k1, validThrough: '2022-09-30' }).rejects('already-ended'));
  test('is corrected, and reopened when it never ended', () => {
    claimed.when(correctClaim, { ...k1, crop: '葡萄' }).emits(K.LandClaimCorrected.of({ ...land, crop: '葡萄' }, land.from));
    claimed.events(stream, K.LandClaimEnded.of({ ...land, to: '2022-10-01' }, '2022-09-30')).when(correctClaim, { ...k1, open: true }).emits(K.LandClaimCorrected.of(land, land.from));
    claimed.when(correctClaim, { ...k1, validThrough: '2022-02-01' }).rejects('ends-before-it-begins');
  });
  test('is voided', () => claimed.when(voidClaim, k1).emits(K.LandClaimVoided.of(land, land.from)));
  test('a claim of another binding is none of this one', () => claimed.when(voidClaim, { ...k1, claimId: 'k-9' }).rejects('no-such-claim'));
});
