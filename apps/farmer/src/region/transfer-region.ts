import { IsDay, IsId, IsLabel, region as fact, type RegionData } from '#contracts';
import { defineCommand, emit, isRefusal } from '#decider';
import { IsNumberString, IsOptional } from 'class-validator';
import { inForceOn, STATED_THAT_DAY } from '../series.js';
import { CODE_TAKEN, NO_SUCH_REGION, NOT_YET_THEN, parentOf, placesOf, region, type RegionState, WRONG_CODE, WRONG_PARENT } from './region.js';
import { fitsLevel, heldByAnother, holdersOf } from './region-code.js';
import { restated } from './restate-region.js';

export class TransferRegion {
  @IsId() regionId: string;
  @IsNumberString({ no_symbols: true }) code: string;
  /** The town it belongs to from now on. */
  @IsId() parentId: string;
  @IsOptional() @IsLabel() name?: string;
  @IsOptional() @IsDay() validFrom?: string;
}

const leadsFromTown = (next: RegionData, town: RegionState): boolean => next.level === 'VILLAGE' && inForceOn(town.statements, next.from)?.level === 'TOWN';

/** 划出: a village goes to another town, often of another district; what was counted in the old one before that day stays there. */
export const transferRegion = defineCommand({
  name: 'transfer-region',
  title: { zh: '区划划转', en: 'Transfer a village to another town' },
  input: TransferRegion,
  example: { regionId: 'r-410308102204', code: '410304100202', parentId: 'r-410304100', validFrom: '2022-10-01' },
  streams: (input, known) => ({ region: region.at(input.regionId), parents: parentOf(input.regionId, known), town: region.at(input.parentId) }),
  needs: (input) => ({ holders: holdersOf(input.code) }),
  may: { roles: ['DISTRICT_OFFICIAL'], on: ({ states }) => placesOf(states.region, states.parents) },
  refusals: {
    'no-such-region': NO_SUCH_REGION,
    'not-yet-then': NOT_YET_THEN,
    'already-stated': STATED_THAT_DAY,
    'wrong-code': WRONG_CODE,
    'wrong-parent': WRONG_PARENT,
    'code-taken': CODE_TAKEN,
  },
  decide: ({ input: { code, parentId, name, validFrom }, states, facts, today, refuse }) => {
    const from = validFrom ?? today;
    const next = restated(states.region.state, from, { code, parentId, ...(name === undefined ? {} : { name }) });
    if (next === null) return [];
    if (isRefusal(next)) return next;
    if (!fitsLevel(code, next.level)) return refuse('wrong-code');
    if (!leadsFromTown(next, states.town.state)) return refuse('wrong-parent');
    if (heldByAnother(facts.holders, next.regionId, from)) return refuse('code-taken', { code });
    return emit(states.region, fact.events.VillageTransferredOut.of(next, from));
  },
});
