import { corrected, IsAmount, IsDay, IsId, land, type LandData, OFFICIALS, type Standing, standingOnes, statedOn } from '#contracts';
import { defineCommand, emit, type Emission } from '#decider';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { isVillage, NOT_A_VILLAGE, villageOf } from '../household/household.js';
import { NO_STATEMENT, STATED_THAT_DAY } from '../series.js';
import { codeProblem, codesOf, type HeldCode, parcel, PARCEL_CODE_TAKEN, placesOf, releaseCode, reserveCode, WRONG_PARCEL_CODE } from './parcel.js';

export class CorrectMeasure {
  @IsId() parcelId: string;
  @IsId() measureId: string;
  @IsOptional() @IsAmount(1) area?: number;
  @IsOptional() @IsId() villageId?: string;
  @IsOptional() @IsString() @MaxLength(40) parcelCode?: string;
  @IsOptional() @IsDay() validFrom?: string;
}

/** Takes the code it has now, and gives back the one it had when no other measure names it. */
const exchange = (now: LandData, next: LandData, measures: Standing<LandData>, codes: readonly HeldCode[]): Emission[] => {
  if (now.parcelCode === next.parcelCode) return [];
  const named = standingOnes(measures).some((measure) => measure.factId !== now.factId && measure.parcelCode === now.parcelCode);
  return codes.flatMap((held) => {
    if (held.ref.id === next.parcelCode) return reserveCode(held, now.parcelId, next.from);
    return named ? [] : releaseCode(held, now.parcelId, next.from);
  });
};

/** 更正地块记录: area, village, code or day were entered wrongly. */
export const correctMeasure = defineCommand({
  name: 'correct-measure',
  title: { zh: '更正地块记录', en: 'Correct a measure of a parcel' },
  input: CorrectMeasure,
  example: { parcelId: 'l-1', measureId: 'l-1.land.1', area: 326 },
  streams: (input, known) => {
    const ref = parcel.at(input.parcelId);
    const now = known(ref)?.measures.byKey.get(input.measureId);
    return { parcel: ref, codes: input.parcelCode === undefined ? [] : codesOf(input.parcelId, now?.parcelCode, input.parcelCode) };
  },
  needs: (input) => ({ village: input.villageId === undefined ? [] : [villageOf(input.villageId)] }),
  may: { roles: OFFICIALS, on: ({ states }) => placesOf(states.parcel) },
  refusals: {
    'no-such-statement': NO_STATEMENT,
    'already-stated': STATED_THAT_DAY,
    'not-a-village': NOT_A_VILLAGE,
    'wrong-parcel-code': WRONG_PARCEL_CODE,
    'parcel-code-taken': PARCEL_CODE_TAKEN,
  },
  decide: ({ input: { parcelId, measureId, area, villageId, parcelCode, validFrom }, states, facts, refuse }) => {
    const { measures } = states.parcel.state;
    const now = measures.byKey.get(measureId);
    if (!now) return refuse('no-such-statement');
    if (!facts.village.every(isVillage)) return refuse('not-a-village');
    const problem = codeProblem(parcelCode, parcelId, states.codes);
    if (problem) return refuse(problem);
    const next = corrected(now, { area, villageId, ...codesOf(parcelId, parcelCode).map(({ id }) => ({ parcelCode: id }))[0], from: validFrom });
    if (!next) return [];
    if (statedOn(measures, next.from, measureId)) return refuse('already-stated', { day: next.from });
    return [...emit(states.parcel, land.events.ParcelMeasureCorrected.of(next, next.from)), ...exchange(now, next, measures, states.codes)];
  },
});
