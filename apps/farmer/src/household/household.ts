import { home, type HomeData, latest, NONE, stand, standing, type Standing, type StandingData, standingOnes } from '#contracts';
import { defineStream, type DomainEvent, type Loaded, type Need, need, type Place } from '#decider';
import { inForceOn } from '../series.js';

/** 农户: where it is at home and how it stands, from day to day. It exists while one of its homes stands. */
export interface HouseholdState {
  readonly homes: Standing<HomeData>;
  readonly standings: Standing<StandingData>;
}

export const household = defineStream<HouseholdState>({
  name: 'household',
  initial: { homes: NONE, standings: NONE },
  evolve: (state, event: DomainEvent) => ({ homes: stand(state.homes, home, event), standings: stand(state.standings, standing, event) }),
});

export const exists = (state: HouseholdState): boolean => state.homes.byKey.size > 0;
export const firstDay = (state: HouseholdState): string | undefined => standingOnes(state.homes).map((fact) => fact.from).sort()[0];

/** How a household stands on a day, with what is said anew; neither unless it was ever said. */
export const standingWith = (said: { resident?: boolean; eligible?: boolean }, state: HouseholdState, day: string): Pick<StandingData, 'resident' | 'eligible'> => {
  const { resident, eligible } = { resident: false, eligible: false, ...inForceOn(state.standings, day) };
  return { resident: said.resident ?? resident, eligible: said.eligible ?? eligible };
};

/** Its latest home village. */
export const placesOf = ({ state }: Loaded<HouseholdState>): Place[] => {
  const village = latest(state.homes)?.villageId;
  return village ? [{ village }] : [];
};

/** What the view of regions knows of a unit. */
export interface KnownRegion {
  readonly regionId: string;
  readonly level: 'DISTRICT' | 'TOWN' | 'VILLAGE';
}
export const isVillage = (region: KnownRegion): boolean => region.level === 'VILLAGE';
export const villageOf = (id: string): Need<KnownRegion> => need<KnownRegion>('village', id);

export const NO_SUCH_HOUSEHOLD = { zh: '没有登记过这个农户,或其登记已作废', en: 'no such household, or it is void' };
export const NOT_A_VILLAGE = { zh: '住址须为村或社区', en: 'a home is a village or community' };
export const NOT_YET_A_HOUSEHOLD = { zh: '{day} 时该农户尚未登记', en: 'the household was not registered on {day} yet' };
