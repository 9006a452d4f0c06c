import { binding as fact, type BindingData, IsDay, IsId, IsNewId, IsOneOf, type Linkage, LINKAGES, OFFICIALS, type RegistrationData } from '#contracts';
import { defineCommand, emit, isRefusal, type Loaded, need, refusal, type Refusal } from '#decider';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsOptional, ValidateNested } from 'class-validator';
import { CLAIM_REFUSALS, ClaimedLand, claimLandOn } from '../claim/claimed-land.js';
import { ALREADY_BOUND, binding, type Household } from './binding.js';
import { holderOf, slotOf, type SlotState, take } from './slot.js';
import { submitted, UNSAID_FOR_WHOM } from './submit-binding.js';

export class DraftBinding {
  /** Left out: made by the service. */
  @IsOptional() @IsNewId() id: string;
  @IsId() householdId: string;
  @IsId() cooperativeId: string;
  /** 联结方式 */
  @IsOneOf(LINKAGES) linkage: Linkage;
  /** Day asked for; the cooperative decides it when it admits. Today when left out. */
  @IsOptional() @IsDay() validFrom?: string;
  @IsOptional() @IsArray() @ArrayMaxSize(500) @ValidateNested({ each: true }) @Type(() => ClaimedLand) claims?: ClaimedLand[];
  /** Submits it at once. */
  @IsOptional() @IsBoolean() submit?: boolean;
}

/** What the cooperative view knows of a registration. */
export type Registered = Pick<RegistrationData, 'from' | 'to'>;

type Problem = Refusal<'already-bound' | 'cooperative-dissolved'>;
/** Why there cannot be such a binding on these days, if there cannot. */
const problemOf = (draft: BindingData, slot: Loaded<SlotState>, cooperative: Registered): Problem | null => {
  if (cooperative.to !== null && cooperative.to <= draft.from) return refusal('cooperative-dissolved');
  const holder = holderOf(slot, draft.factId, draft);
  return holder ? refusal('already-bound', { binding: holder }) : null;
};

/** 农户绑定合作社 (草拟): a household is to be bound to a cooperative; a second cooperative is lawful and never refused. */
export const draftBinding = defineCommand({
  name: 'draft-binding',
  title: { zh: '草拟农户与合作社的绑定', en: 'Draft the binding of a household to a cooperative' },
  input: DraftBinding,
  example: { id: 'b-1', householdId: 'h-1', cooperativeId: 'c-1', linkage: 'MEMBER', validFrom: '2022-03-01', claims: [{ id: 'k-1', parcelId: 'l-1', crop: '桃' }], submit: true },
  streams: (input) => {
    const held = slotOf(input);
    return { binding: binding.at(input.id, held.key), slot: held };
  },
  needs: (input) => ({
    household: need<Household>('household', input.householdId),
    cooperative: need<Registered>('cooperative', input.cooperativeId),
    parcels: [...new Set((input.claims ?? []).map(({ parcelId }) => parcelId))].map((id) => need('parcel', id)),
  }),
  may: { roles: ['COOPERATIVE_MANAGER', ...OFFICIALS], on: ({ input, facts }) => [{ cooperative: input.cooperativeId }, { village: facts.household.villageId }] },
  refusals: {
    ...CLAIM_REFUSALS,
    'already-bound': ALREADY_BOUND,
    'cooperative-dissolved': { zh: '该合作社在这一天之前已注销', en: 'the cooperative was dissolved before that day' },
    'unsaid-for-whom': UNSAID_FOR_WHOM,
  },
  decide: ({ input, states, facts, today, actor, roles, onBehalfOf, refuse }) => {
    if (states.binding.version > 0) return refuse('id-taken', { id: input.id });
    const { id, householdId, cooperativeId, linkage } = input;
    const draft: BindingData = { factId: id, from: input.validFrom ?? today, to: null, householdId, cooperativeId, linkage, state: 'DRAFT' };
    const problem = problemOf(draft, states.slot, facts.cooperative);
    if (problem) return problem;
    const submission = input.submit ? submitted(draft, { actor, roles, onBehalfOf }) : [];
    if (isRefusal(submission)) return submission;
    const claims = claimLandOn(draft, states.binding.state.claims, input.claims ?? []);
    if (isRefusal(claims)) return claims;
    return [...emit(states.binding, fact.events.FarmerBindingDrafted.of(draft, draft.from), ...submission, ...claims), ...take(states.slot, draft)];
  },
});
