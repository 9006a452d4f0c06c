import { corrected, planting as fact, IsAmount, IsDay, IsId, IsLabel, OFFICIALS } from '#contracts';
import { defineCommand, emit, need } from '#decider';
import { IsOptional } from 'class-validator';
import { parcel, placesOf } from '../parcel/parcel.js';
import { planting, NO_SUCH_PLANTING } from './planting.js';

export class CorrectPlanting {
  @IsId() plantingId: string;
  @IsOptional() @IsId() householdId?: string;
  @IsOptional() @IsLabel() crop?: string;
  /** Hundredths of a 亩. */
  @IsOptional() @IsAmount(1) area?: number;
  @IsOptional() @IsDay() on?: string;
}

/** 更正播种: household, crop, amount or day were entered wrongly. On another parcel it is another planting. */
export const correctPlanting = defineCommand({
  name: 'correct-planting',
  title: { zh: '更正播种记录', en: 'Correct a planting' },
  input: CorrectPlanting,
  example: { plantingId: 's-1', crop: '葡萄' },
  streams: (input, known) => {
    const ref = planting.at(input.plantingId);
    const parcelId = known(ref)?.now?.parcelId;
    return { planting: ref, parcels: parcelId ? [parcel.at(parcelId)] : [] };
  },
  needs: (input) => ({ household: input.householdId === undefined ? [] : [need<object>('household', input.householdId)] }),
  may: { roles: OFFICIALS, on: ({ states }) => states.parcels.flatMap(placesOf) },
  refusals: { 'no-such-planting': NO_SUCH_PLANTING },
  decide: ({ input: { householdId, crop, area, on }, states, refuse }) => {
    const { now } = states.planting.state;
    if (!now) return refuse('no-such-planting');
    const next = corrected(now, { householdId, crop, area, from: on });
    return next ? emit(states.planting, fact.events.PlantingCorrected.of(next, next.from)) : [];
  },
});
