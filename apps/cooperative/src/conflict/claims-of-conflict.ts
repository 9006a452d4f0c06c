import type { BindingData, ClaimData, RegistrationData } from '#contracts';
import type { Loaded } from '#decider';
import type { BindingState } from '../binding/binding.js';
import type { CooperativeState } from '../registration/cooperative.js';

/** Which binding each claim of a conflict belongs to; that never changes, so a view that lags tells it rightly. */
export type BindingOf = Readonly<Record<string, string>>;

interface Side {
  readonly claim: ClaimData;
  readonly binding: BindingData;
  readonly registration: RegistrationData;
}
/** A claim that counts, with what it counts through; none: it does not, at any time. */
const sideOf = (claim: ClaimData, on: BindingState, of: CooperativeState | undefined): Side[] => {
  const [binding, registration] = [on.binding, of?.registration];
  return binding && registration && (binding.state === 'ACTIVE' || binding.state === 'ENDED') ? [{ claim, binding, registration }] : [];
};

export interface Claimed {
  readonly parcelId: string;
  readonly claimIds: readonly string[];
  readonly bindingOf: BindingOf;
}
const sidesOf = ({ parcelId, claimIds }: Claimed, bindings: readonly Loaded<BindingState>[], cooperatives: readonly Loaded<CooperativeState>[]): Side[] =>
  claimIds.flatMap((id) => {
    const on = bindings.find(({ state }) => state.claims.byKey.has(id))?.state;
    const claim = on?.claims.byKey.get(id);
    if (!on || claim?.parcelId !== parcelId) return [];
    return sideOf(claim, on, cooperatives.find(({ ref }) => ref.id === claim.cooperativeId)?.state);
  });

/** Whether all claims of a conflict go on together after a day: one that ends on it has been dealt with. */
export const goOnTogether = (claimed: Claimed, day: string, { bindings, cooperatives }: { bindings: readonly Loaded<BindingState>[]; cooperatives: readonly Loaded<CooperativeState>[] }): boolean => {
  // A claim whose binding is not looked up yet may stand: better to be asked again than to believe it gone.
  if (claimed.claimIds.some((id) => claimed.bindingOf[id] === undefined)) return true;
  const sides = sidesOf(claimed, bindings, cooperatives);
  if (sides.length < claimed.claimIds.length) return false;
  const periods = sides.flatMap(({ claim, binding, registration }) => [claim, binding, registration]);
  const since = periods.map(({ from }) => from).sort().at(-1) ?? '';
  const until = periods.flatMap(({ to }) => to ?? []).sort()[0];
  return until === undefined || (since < until && day < until);
};
