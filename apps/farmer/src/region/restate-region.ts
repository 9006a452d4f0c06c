import { corrected, type RegionData, statedOn } from '#contracts';
import { refusal, type Refusal } from '#decider';
import { inForceOn, nextKey } from '../series.js';
import type { RegionState } from './region.js';

/** What a region is from `from` on: as it was that day, with the change; null when just that is stated of the day already. */
export const restated = (state: RegionState, from: string, change: Partial<RegionData>): RegionData | null | Refusal<'no-such-region' | 'not-yet-then' | 'already-stated'> => {
  if (state.statements.byKey.size === 0) return refusal('no-such-region');
  const now = inForceOn(state.statements, from);
  if (!now) return refusal('not-yet-then', { day: from });
  const stated = statedOn(state.statements, from);
  if (stated) return corrected(stated, change) ? refusal('already-stated', { day: from }) : null;
  return { ...now, ...change, factId: nextKey(now.regionId, 'region', state.statements), from };
};
