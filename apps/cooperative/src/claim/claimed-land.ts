import { claim, type BindingData, type ClaimData, IsDay, IsId, IsLabel, IsNewId, overlap, type Standing, standingOnes } from '#contracts';
import { type DomainEvent, refusal, type Refusal } from '#decider';
import { addDays } from '#standards';
import { IsOptional } from 'class-validator';

/** 绑定地块, as it is given: a parcel and its crop, by day. */
export class ClaimedLand {
  /** Left out: numbered within the binding. */
  @IsOptional() @IsNewId() id?: string;
  @IsId() parcelId: string;
  @IsLabel() crop: string;
  /** First day; the binding's when left out. */
  @IsOptional() @IsDay() validFrom?: string;
  /** Last day; open when left out. */
  @IsOptional() @IsDay() validThrough?: string;
}

const factOf = (given: ClaimedLand, on: BindingData, number: number): ClaimData => ({
  factId: given.id ?? `${on.factId}.k${number}`,
  from: given.validFrom ?? on.from,
  to: given.validThrough === undefined ? null : addDays(given.validThrough, 1),
  parcelId: given.parcelId,
  bindingId: on.factId,
  householdId: on.householdId,
  cooperativeId: on.cooperativeId,
  linkage: on.linkage,
  crop: given.crop,
});

/** Through one binding a parcel is claimed once for a crop on a day. */
export const clash = (next: ClaimData, others: readonly ClaimData[]): boolean =>
  others.some((other) => other.factId !== next.factId && other.parcelId === next.parcelId && other.crop === next.crop && overlap(other, next));

export const CLAIM_REFUSALS = {
  'labour-claims-no-land': { zh: '务工联结不绑定地块', en: 'a labour binding claims no land' },
  'already-claimed': { zh: '地块 {parcel} 已在该绑定中以同一作物登记', en: 'parcel {parcel} is claimed for this crop by the binding already' },
  'id-taken': { zh: '编号 {id} 已被使用', en: 'the id {id} is taken' },
  'ends-before-it-begins': { zh: '结束日期早于开始日期', en: 'it cannot end before it begins' },
} as const;
type ClaimRefusal = Refusal<keyof typeof CLAIM_REFUSALS>;

const problemOf = (fact: ClaimData, others: readonly ClaimData[]): ClaimRefusal | null => {
  if (fact.to !== null && fact.to <= fact.from) return refusal('ends-before-it-begins');
  if (others.some(({ factId }) => factId === fact.factId)) return refusal('id-taken', { id: fact.factId });
  return clash(fact, others) ? refusal('already-claimed', { parcel: fact.parcelId }) : null;
};

/** The events that add these claims to a binding, or why one of them cannot be. */
export const claimLandOn = (on: BindingData, standing: Standing<ClaimData>, given: readonly ClaimedLand[]): DomainEvent[] | ClaimRefusal => {
  if (on.linkage === 'LABOUR' && given.length > 0) return refusal('labour-claims-no-land');
  const all = standingOnes(standing);
  const before = all.length;
  for (const [i, one] of given.entries()) {
    const fact = factOf(one, on, standing.made + i + 1);
    const problem = problemOf(fact, all);
    if (problem) return problem;
    all.push(fact);
  }
  return all.slice(before).map((fact) => claim.events.LandClaimed.of(fact, fact.from));
};
