import { IsDay, IsId, region as fact } from '#contracts';
import { defineCommand, emit, isRefusal } from '#decider';
import { IsNumberString, IsOptional } from 'class-validator';
import { STATED_THAT_DAY } from '../series.js';
import { CODE_TAKEN, NO_SUCH_REGION, NOT_YET_THEN, parentOf, placesOf, region, WRONG_CODE } from './region.js';
import { fitsLevel, heldByAnother, holdersOf } from './region-code.js';
import { restated } from './restate-region.js';

export class RecodeRegion {
  @IsId() regionId: string;
  @IsNumberString({ no_symbols: true }) code: string;
  @IsOptional() @IsDay() validFrom?: string;
}

/** 变更代码: only the code changes from this day on. */
export const recodeRegion = defineCommand({
  name: 'recode-region',
  title: { zh: '变更区划代码', en: 'Change the code of a region' },
  input: RecodeRegion,
  example: { regionId: 'r-410308103210', code: '410308103220', validFrom: '2022-10-01' },
  streams: (input, known) => ({ region: region.at(input.regionId), parents: parentOf(input.regionId, known) }),
  needs: (input) => ({ holders: holdersOf(input.code) }),
  may: { roles: ['DISTRICT_OFFICIAL'], on: ({ states }) => placesOf(states.region, states.parents) },
  refusals: { 'no-such-region': NO_SUCH_REGION, 'not-yet-then': NOT_YET_THEN, 'already-stated': STATED_THAT_DAY, 'wrong-code': WRONG_CODE, 'code-taken': CODE_TAKEN },
  decide: ({ input: { code, validFrom }, states, facts, today, refuse }) => {
    const from = validFrom ?? today;
    const next = restated(states.region.state, from, { code });
    if (next === null) return [];
    if (isRefusal(next)) return next;
    if (!fitsLevel(code, next.level)) return refuse('wrong-code');
    if (heldByAnother(facts.holders, next.regionId, from)) return refuse('code-taken', { code });
    return emit(states.region, fact.events.VillageRecoded.of(next, from));
  },
});
