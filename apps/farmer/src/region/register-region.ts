import { IsDay, IsId, IsLabel, IsNewId, IsOneOf, region as fact, REGION_KINDS, REGION_LEVELS, type RegionKind, type RegionLevel, statedOn } from '#contracts';
import { defineCommand, emit } from '#decider';
import { IsNumberString, IsOptional } from 'class-validator';
import { ID_TAKEN, inForceOn, nextKey } from '../series.js';
import { CODE_TAKEN, region, type RegionState, WRONG_CODE, WRONG_PARENT } from './region.js';
import { fitsLevel, heldByAnother, holdersOf } from './region-code.js';

export class RegisterRegion {
  /** Left out: made by the service. */
  @IsOptional() @IsNewId() regionId: string;
  @IsOneOf(REGION_LEVELS) level: RegionLevel;
  @IsOneOf(REGION_KINDS) kind: RegionKind;
  @IsNumberString({ no_symbols: true }) code: string;
  @IsLabel() name: string;
  /** The unit above; none for a district. */
  @IsOptional() @IsId() parentId?: string;
  /** Today when left out. */
  @IsOptional() @IsDay() validFrom?: string;
}

const KINDS: Readonly<Record<RegionLevel, readonly RegionKind[]>> = { DISTRICT: ['DISTRICT'], TOWN: ['TOWN', 'SUBDISTRICT'], VILLAGE: ['VILLAGE', 'COMMUNITY'] };
const ABOVE: Readonly<Record<RegionLevel, RegionLevel | null>> = { DISTRICT: null, TOWN: 'DISTRICT', VILLAGE: 'TOWN' };

const parentFits = (level: RegionLevel, parent: RegionState | undefined, day: string): boolean =>
  (parent ? (inForceOn(parent.statements, day)?.level ?? 'none') : null) === ABOVE[level];

const wrongIn = ({ level, kind, code }: RegisterRegion, parent: RegionState | undefined, day: string): 'wrong-code' | 'wrong-kind' | 'wrong-parent' | null => {
  if (!fitsLevel(code, level)) return 'wrong-code';
  if (!KINDS[level].includes(kind)) return 'wrong-kind';
  return parentFits(level, parent, day) ? null : 'wrong-parent';
};

/** Told again as it stands: whoever loads a list of regions may load it twice. */
const statedThus = ({ statements }: RegionState, { level, kind, code, name, parentId }: RegisterRegion, from: string): boolean => {
  const stated = statedOn(statements, from);
  return stated !== undefined && stated.level === level && stated.kind === kind && stated.code === code && stated.name === name && stated.parentId === (parentId ?? null);
};

const registered = ({ regionId, level, kind, code, name, parentId = null }: Omit<RegisterRegion, 'parentId'> & { parentId?: string | null }, factId: string, from: string) => {
  const event = level === 'VILLAGE' ? fact.events.VillageRegistered : fact.events.RegionRegistered;
  return event.of({ factId, from, regionId, level, kind, code, name, parentId }, from);
};

/** 登记区划: a district, a town or a village (社区 included) with its code, name and the unit above. */
export const registerRegion = defineCommand({
  name: 'register-region',
  title: { zh: '登记区划', en: 'Register a region' },
  input: RegisterRegion,
  example: { regionId: 'r-410308103210', level: 'VILLAGE', kind: 'VILLAGE', code: '410308103210', name: '白鹿庄村村民委员会', parentId: 'r-410308103', validFrom: '2021-10-31' },
  streams: (input) => ({ region: region.at(input.regionId), parents: input.parentId ? [region.at(input.parentId)] : [] }),
  needs: (input) => ({ holders: holdersOf(input.code) }),
  may: {
    roles: ['DISTRICT_OFFICIAL'],
    on: ({ input, states }) => {
      const above = states.parents.flatMap(({ state }) => [...state.statements.byKey.values()].map((statement) => statement.parentId));
      return [input.parentId ?? input.regionId, ...above].flatMap((village) => (village ? [{ village }] : []));
    },
  },
  refusals: {
    'id-taken': ID_TAKEN,
    'code-taken': CODE_TAKEN,
    'wrong-code': WRONG_CODE,
    'wrong-parent': WRONG_PARENT,
    'wrong-kind': { zh: '区划类型与级别不符', en: 'this kind does not fit the level' },
  },
  decide: ({ input, states, facts, today, refuse }) => {
    const { regionId, code, validFrom: from = today } = input;
    if (states.region.version > 0) return statedThus(states.region.state, input, from) ? [] : refuse('id-taken', { id: regionId });
    const wrong = wrongIn(input, states.parents[0]?.state, from);
    if (wrong) return refuse(wrong);
    if (heldByAnother(facts.holders, regionId, from)) return refuse('code-taken', { code });
    return emit(states.region, registered(input, nextKey(regionId, 'region', states.region.state.statements), from));
  },
});
