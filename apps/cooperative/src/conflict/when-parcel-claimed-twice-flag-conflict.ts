import { createHash } from 'node:crypto';
import { binding, claim } from '#contracts';
import { defineAutomation, type Order, type RecordedEvent } from '#decider';
import { flagParcelConflict } from './flag-parcel-conflict.js';

const { LandClaimed, LandClaimCorrected } = claim.events;
const { FarmerBindingActivated, FarmerBindingCorrected } = binding.events;

interface Pair {
  readonly parcel: string;
  readonly claims: [string, string];
  readonly cooperatives: [string, string];
}

/** A claim counts while its binding does: both periods of both sides share a day. */
const pairsOf = (schema: string, named: string): string => `
  select a.parcel_id as parcel, array[a.id, b.id] as claims, array[a.cooperative_id, b.cooperative_id] as cooperatives
  from ${schema}.claim a join ${schema}.binding ab on ab.id = a.binding_id
  join ${schema}.claim b on b.parcel_id = a.parcel_id and b.cooperative_id <> a.cooperative_id
  join ${schema}.binding bb on bb.id = b.binding_id
  where ${named} = $1 and not (a.voided or b.voided or ab.voided or bb.voided)
    and ab.state in ('ACTIVE', 'ENDED') and bb.state in ('ACTIVE', 'ENDED')
    and greatest(a.valid_from, b.valid_from, ab.valid_from, bb.valid_from)
      < coalesce(least(a.valid_to, b.valid_to, ab.valid_to, bb.valid_to), 'infinity')`;

/** The same two claims are the same conflict, whichever of them came last. */
const orderFor = ({ parcel, claims, cooperatives }: Pair): Order => {
  const swapped = claims[0] > claims[1];
  const sides = swapped ? { claimIds: [claims[1], claims[0]], cooperativeIds: [cooperatives[1], cooperatives[0]] } : { claimIds: claims, cooperativeIds: cooperatives };
  const conflictId = `x-${createHash('sha256').update(sides.claimIds.join('\u001f')).digest('hex').slice(0, 24)}`;
  return { command: flagParcelConflict, input: { conflictId, parcelId: parcel, ...sides } };
};

const isClaim = ({ type }: RecordedEvent): boolean => type === LandClaimed.type || type === LandClaimCorrected.type;

/** 一地两绑: when two cooperatives count on one parcel on one day, the conflict goes to the work list for a person to resolve. */
export const whenParcelClaimedTwiceFlagConflict = defineAutomation({
  name: 'when-parcel-claimed-twice-flag-conflict',
  services: ['cooperative'],
  on: [LandClaimed.type, LandClaimCorrected.type, FarmerBindingActivated.type, FarmerBindingCorrected.type],
  when: async (event, { db, schemaOf }) => {
    const { factId } = event.data as { factId: string };
    const schema = await schemaOf('bindings');
    const { rows } = await db.query<Pair>(pairsOf(schema, isClaim(event) ? 'a.id' : 'a.binding_id'), [factId]);
    return rows.map(orderFor);
  },
});
