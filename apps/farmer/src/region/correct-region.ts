import { corrected, IsDay, IsId, IsLabel, IsOneOf, region as fact, REGION_KINDS, type RegionData, type RegionKind, statedOn } from '#contracts';
import { defineCommand, emit, type Loaded } from '#decider';
import { IsNumberString, IsOptional } from 'class-validator';
import { inForceOn, NO_STATEMENT, STATED_THAT_DAY } from '../series.js';
import { CODE_TAKEN, parentOf, placesOf, region, type RegionState, WRONG_CODE, WRONG_PARENT } from './region.js';
import { fitsLevel, heldByAnother, holdersOf } from './region-code.js';

export class CorrectRegion {
  @IsId() regionId: string;
  @IsId() statementId: string;
  @IsOptional() @IsOneOf(REGION_KINDS) kind?: RegionKind;
  @IsOptional() @IsNumberString({ no_symbols: true }) code?: string;
  @IsOptional() @IsLabel() name?: string;
  @IsOptional() @IsId() parentId?: string;
  @IsOptional() @IsDay() validFrom?: string;
}

const ABOVE = { TOWN: 'DISTRICT', VILLAGE: 'TOWN', DISTRICT: 'none' } as const;
const parentFits = (next: RegionData, given: readonly Loaded<RegionState>[]): boolean =>
  given.every(({ state }) => inForceOn(state.statements, next.from)?.level === ABOVE[next.level]);

/** 更正区划记录: one statement was entered wrongly; it reads as corrected from its day on. */
export const correctRegion = defineCommand({
  name: 'correct-region',
  title: { zh: '更正区划记录', en: 'Correct a statement about a region' },
  input: CorrectRegion,
  example: { regionId: 'r-410308103210', statementId: 'r-410308103210.region.2', validFrom: '2022-10-01' },
  streams: (input, known) => ({
    region: region.at(input.regionId),
    parents: parentOf(input.regionId, known),
    newParent: input.parentId ? [region.at(input.parentId)] : [],
  }),
  needs: (input) => ({ holders: input.code === undefined ? [] : [holdersOf(input.code)] }),
  may: { roles: ['DISTRICT_OFFICIAL'], on: ({ states }) => placesOf(states.region, states.parents) },
  refusals: { 'no-such-statement': NO_STATEMENT, 'already-stated': STATED_THAT_DAY, 'wrong-code': WRONG_CODE, 'wrong-parent': WRONG_PARENT, 'code-taken': CODE_TAKEN },
  decide: ({ input: { statementId, kind, code, name, parentId, validFrom }, states, facts, refuse }) => {
    const { statements } = states.region.state;
    const now = statements.byKey.get(statementId);
    if (!now) return refuse('no-such-statement');
    const next = corrected(now, { kind, code, name, parentId, from: validFrom });
    if (!next) return [];
    if (statedOn(statements, next.from, statementId)) return refuse('already-stated', { day: next.from });
    if (!fitsLevel(next.code, next.level)) return refuse('wrong-code');
    if (!parentFits(next, states.newParent)) return refuse('wrong-parent');
    if (heldByAnother(facts.holders[0] ?? null, next.regionId, next.from)) return refuse('code-taken', { code: next.code });
    return emit(states.region, fact.events.RegionStatementCorrected.of(next, next.from));
  },
});
