import { binding as fact, type BindingData, claim, type ClaimData, NONE, stand, type Standing } from '#contracts';
import { defineStream, type Known, need, type Need, type Place, type StreamRef } from '#decider';

/** 农户绑定合作社: one binding with the land it rests on. */
export interface BindingState {
  /** null while never drafted, and when it was entered in error. */
  readonly binding: BindingData | null;
  readonly claims: Standing<ClaimData>;
}

export const binding = defineStream<BindingState>({
  name: 'binding',
  initial: { binding: null, claims: NONE },
  evolve: (state, event) => {
    const effect = fact.effects[event.type as keyof typeof fact.effects];
    if (!effect) return { ...state, claims: stand(state.claims, claim, event) };
    return { ...state, binding: effect === 'voided' ? null : (event.data as BindingData) };
  },
});

/** What the farmer service says of a household: the village it lives in by the latest word. */
export interface Household {
  readonly villageId: string;
}

/** The household of a binding that is already loaded, as a fact to ask for. */
export const householdOf = (ref: StreamRef<BindingState>, known: Known): Need<Household>[] => {
  const now = known(ref)?.binding;
  return now ? [need<Household>('household', now.householdId)] : [];
};

/** Where a command on a binding acts: its cooperative, and the village of its household. */
export const placesOf = ({ binding: now }: BindingState, households: readonly Household[]): Place[] =>
  now ? [{ cooperative: now.cooperativeId }, ...households.map(({ villageId }) => ({ village: villageId }))] : [];

export const NO_BINDING = { zh: '没有这条绑定,或已作废', en: 'no such binding, or it is void' };
export const ALREADY_BOUND = { zh: '该户与该合作社已有同一联结方式的绑定 {binding}', en: 'this household and cooperative are bound in the same way already: {binding}' };
export const ENDS_TOO_EARLY = { zh: '结束日期早于开始日期', en: 'it cannot end before it begins' };
export const LABOUR_CLAIMS_NONE = { zh: '务工联结不绑定地块', en: 'a labour binding claims no land' };
