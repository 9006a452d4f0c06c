import { latest, NONE, region as fact, type RegionData, stand, type Standing } from '#contracts';
import { defineStream, type DomainEvent, type Known, type Loaded, type Place, type StreamRef } from '#decider';

/** 行政区划: a district, town or village, by what is said of it from day to day. Its id outlives every code. */
export interface RegionState {
  readonly statements: Standing<RegionData>;
}

const stream = defineStream<RegionState>({
  name: 'region',
  initial: { statements: NONE },
  evolve: (state, event: DomainEvent) => ({ statements: stand(state.statements, fact, event) }),
});

/** All units are born in one lane: a command is about a unit and the one above it, and the tree is told in one order. */
export const region: typeof stream = { ...stream, at: (id, near = 'region-tree') => stream.at(id, near) };

/** The unit above, once the unit itself is loaded. */
export const parentOf = (regionId: string, known: Known): StreamRef<RegionState>[] => {
  const parentId = latest(known(region.at(regionId))?.statements ?? NONE)?.parentId;
  return parentId ? [region.at(parentId)] : [];
};

/** A grant on the unit itself or on any unit above it is enough. */
export const placesOf = (unit: Loaded<RegionState>, parents: readonly Loaded<RegionState>[]): Place[] => {
  const above = [unit, ...parents].map(({ state }) => latest(state.statements)?.parentId);
  return [unit.ref.id, ...above].flatMap((village) => (village ? [{ village }] : []));
};

export const NO_SUCH_REGION = { zh: '没有登记过这个区划,或其登记已作废', en: 'no such region, or it is void' };
export const NOT_YET_THEN = { zh: '{day} 时该区划尚未登记', en: 'the region was not registered on {day} yet' };
export const WRONG_CODE = { zh: '区划代码不正确: 区 6 位,镇 9 位,村 12 位', en: 'not a valid region code: 6 digits for a district, 9 for a town, 12 for a village' };
export const WRONG_PARENT = { zh: '上级区划不存在或级别不符', en: 'the unit above does not exist or is not one level above' };
export const CODE_TAKEN = { zh: '代码 {code} 当日属于另一个区划', en: 'the code {code} belongs to another region on that day' };
