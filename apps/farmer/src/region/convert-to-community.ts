import { IsDay, IsId, IsLabel, region as fact } from '#contracts';
import { defineCommand, emit, isRefusal } from '#decider';
import { IsNumberString, IsOptional } from 'class-validator';
import { inForceOn, STATED_THAT_DAY } from '../series.js';
import { CODE_TAKEN, NO_SUCH_REGION, NOT_YET_THEN, parentOf, placesOf, region, WRONG_CODE } from './region.js';
import { fitsLevel, heldByAnother, holdersOf } from './region-code.js';
import { restated } from './restate-region.js';

export class ConvertToCommunity {
  @IsId() regionId: string;
  /** The new code, `0xx` at its end. */
  @IsNumberString({ no_symbols: true }) code: string;
  @IsLabel() name: string;
  @IsOptional() @IsDay() validFrom?: string;
}

/** 村改居: a village becomes a community and takes a new code; it stays the same unit. */
export const convertToCommunity = defineCommand({
  name: 'convert-to-community',
  title: { zh: '村改居', en: 'Convert a village to a community' },
  input: ConvertToCommunity,
  example: { regionId: 'r-410308104210', code: '410308104004', name: '鹤西社区居民委员会', validFrom: '2022-10-01' },
  streams: (input, known) => ({ region: region.at(input.regionId), parents: parentOf(input.regionId, known) }),
  needs: (input) => ({ holders: holdersOf(input.code) }),
  may: { roles: ['DISTRICT_OFFICIAL'], on: ({ states }) => placesOf(states.region, states.parents) },
  refusals: {
    'no-such-region': NO_SUCH_REGION,
    'not-yet-then': NOT_YET_THEN,
    'already-stated': STATED_THAT_DAY,
    'wrong-code': WRONG_CODE,
    'code-taken': CODE_TAKEN,
    'not-a-village': { zh: '只有村可以改为社区', en: 'only a village can become a community' },
  },
  decide: ({ input: { code, name, validFrom }, states, facts, today, refuse }) => {
    const from = validFrom ?? today;
    const next = restated(states.region.state, from, { kind: 'COMMUNITY', code, name });
    if (next === null) return [];
    if (isRefusal(next)) return next;
    if (inForceOn(states.region.state.statements, from)?.kind !== 'VILLAGE') return refuse('not-a-village');
    if (!fitsLevel(code, 'VILLAGE')) return refuse('wrong-code');
    if (heldByAnother(facts.holders, next.regionId, from)) return refuse('code-taken', { code });
    return emit(states.region, fact.events.VillageConvertedToCommunity.of(next, from));
  },
});
