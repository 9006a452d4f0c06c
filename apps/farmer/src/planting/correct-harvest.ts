import { corrected, harvest as fact, IsAmount, IsDay, IsId, IsLabel, OFFICIALS } from '#contracts';
import { defineCommand, emit, need } from '#decider';
import { IsOptional } from 'class-validator';
import { parcel, placesOf } from '../parcel/parcel.js';
import { harvest, NO_SUCH_HARVEST } from './harvest.js';

export class CorrectHarvest {
  @IsId() harvestId: string;
  @IsOptional() @IsId() householdId?: string;
  @IsOptional() @IsLabel() crop?: string;
  /** Grams. */
  @IsOptional() @IsAmount(1) weight?: number;
  @IsOptional() @IsDay() on?: string;
}

/** 更正收获: household, crop, amount or day were entered wrongly. On another parcel it is another harvest. */
export const correctHarvest = defineCommand({
  name: 'correct-harvest',
  title: { zh: '更正收获记录', en: 'Correct a harvest' },
  input: CorrectHarvest,
  example: { harvestId: 'g-1', crop: '葡萄' },
  streams: (input, known) => {
    const ref = harvest.at(input.harvestId);
    const parcelId = known(ref)?.now?.parcelId;
    return { harvest: ref, parcels: parcelId ? [parcel.at(parcelId)] : [] };
  },
  needs: (input) => ({ household: input.householdId === undefined ? [] : [need<object>('household', input.householdId)] }),
  may: { roles: OFFICIALS, on: ({ states }) => states.parcels.flatMap(placesOf) },
  refusals: { 'no-such-harvest': NO_SUCH_HARVEST },
  decide: ({ input: { householdId, crop, weight, on }, states, refuse }) => {
    const { now } = states.harvest.state;
    if (!now) return refuse('no-such-harvest');
    const next = corrected(now, { householdId, crop, weight, from: on });
    return next ? emit(states.harvest, fact.events.HarvestCorrected.of(next, next.from)) : [];
  },
});
