import { harvest as fact, IsAmount, IsDay, IsId, IsLabel, IsNewId, OFFICIALS } from '#contracts';
import { defineCommand, emit, need } from '#decider';
import { IsOptional } from 'class-validator';
import { exists, NO_SUCH_PARCEL, parcel, placesOf } from '../parcel/parcel.js';
import { ID_TAKEN } from '../series.js';
import { harvest } from './harvest.js';

export class RecordHarvest {
  /** Left out: made by the service. */
  @IsOptional() @IsNewId() harvestId: string;
  @IsId() parcelId: string;
  @IsId() householdId: string;
  @IsLabel() crop: string;
  /** Grams. */
  @IsAmount(1) weight: number;
  /** The day it happened; today when left out. */
  @IsOptional() @IsDay() on?: string;
}

/** 登记收获: a household harvests a weight of a crop from a parcel. */
export const recordHarvest = defineCommand({
  name: 'record-harvest',
  title: { zh: '登记收获', en: 'Record a harvest' },
  input: RecordHarvest,
  example: { harvestId: 'g-1', parcelId: 'l-1', householdId: 'h-1', crop: '桃', weight: 1250000, on: '2022-07-01' },
  streams: (input) => {
    const land = parcel.at(input.parcelId);
    return { harvest: harvest.at(input.harvestId, land.key), parcel: land };
  },
  needs: (input) => ({ household: need<object>('household', input.householdId) }),
  may: { roles: OFFICIALS, on: ({ states }) => placesOf(states.parcel) },
  refusals: { 'id-taken': ID_TAKEN, 'no-such-parcel': NO_SUCH_PARCEL },
  decide: ({ input: { harvestId, parcelId, householdId, crop, weight, on }, states, today, refuse }) => {
    const from = on ?? today;
    if (states.harvest.version > 0) return refuse('id-taken', { id: harvestId });
    if (!exists(states.parcel.state)) return refuse('no-such-parcel');
    return emit(states.harvest, fact.events.HarvestRecorded.of({ factId: harvestId, from, parcelId, householdId, crop, weight }, from));
  },
});
