import { ParcelConflictFlagged, ParcelConflictResolved } from '#contracts';
import { given } from '#decider';
import { flagParcelConflict } from './flag-parcel-conflict.js';
import { parcelConflict } from './parcel-conflict.js';
import { resolveParcelConflict } from './resolve-parcel-conflict.js';

const data = { conflictId: 'x-1', parcelId: 'l-1', claimIds: ['k-1', 'k-2'], cooperativeIds: ['c-1', 'c-2'] };
const flagged = ParcelConflictFlagged.of(data, '2022-07-18');
const open = given().events(parcelConflict.at('x-1'), flagged).facts({ parcels: [{ villageId: 'r-1' }] });
const resolvedBy = (resolution: 'CLAIM_ENDED' | 'BOTH_STAND') => open.events(parcelConflict.at('x-1'), ParcelConflictResolved.of({ ...data, resolution }, '2022-07-18'));

describe('A parcel claimed through two cooperatives', () => {
  test('is put on the work list once', () => {
    given().when(flagParcelConflict, data).emits(flagged);
    open.when(flagParcelConflict, data).emits();
  });
  test('is taken off it by a person who says what was done', () =>
    open.when(resolveParcelConflict, { conflictId: 'x-1', resolution: 'BOTH_STAND', note: '轮作' }).emits(ParcelConflictResolved.of({ ...data, resolution: 'BOTH_STAND', note: '轮作' }, '2022-07-18')));
  test('is resolved once', () => resolvedBy('BOTH_STAND').when(resolveParcelConflict, { conflictId: 'x-1', resolution: 'BOTH_STAND' }).rejects('already-resolved'));
  test('comes back when the claim that was to end is there again, but not when both were to stand', () => {
    resolvedBy('CLAIM_ENDED').when(flagParcelConflict, data).emits(flagged);
    resolvedBy('BOTH_STAND').when(flagParcelConflict, data).emits();
  });
  test('unknown conflicts are not resolved', () => given().when(resolveParcelConflict, { conflictId: 'x-1', resolution: 'BOTH_STAND' }).rejects('no-such-conflict'));
});
