import { planting as fact, IsAmount, IsDay, IsId, IsLabel, IsNewId, OFFICIALS } from '#contracts';
import { defineCommand, emit, need } from '#decider';
import { IsOptional } from 'class-validator';
import { exists, NO_SUCH_PARCEL, parcel, placesOf } from '../parcel/parcel.js';
import { ID_TAKEN } from '../series.js';
import { planting } from './planting.js';

export class RecordPlanting {
  /** Left out: made by the service. */
  @IsOptional() @IsNewId() plantingId: string;
  @IsId() parcelId: string;
  @IsId() householdId: string;
  @IsLabel() crop: string;
  /** Hundredths of a 亩. */
  @IsAmount(1) area: number;
  /** The day it happened; today when left out. */
  @IsOptional() @IsDay() on?: string;
}

/** 登记播种: a household sows a crop on a parcel; two crops a year are two plantings. */
export const recordPlanting = defineCommand({
  name: 'record-planting',
  title: { zh: '登记播种', en: 'Record a planting' },
  input: RecordPlanting,
  example: { plantingId: 's-1', parcelId: 'l-1', householdId: 'h-1', crop: '桃', area: 325, on: '2022-03-10' },
  streams: (input) => {
    const land = parcel.at(input.parcelId);
    return { planting: planting.at(input.plantingId, land.key), parcel: land };
  },
  needs: (input) => ({ household: need<object>('household', input.householdId) }),
  may: { roles: OFFICIALS, on: ({ states }) => placesOf(states.parcel) },
  refusals: { 'id-taken': ID_TAKEN, 'no-such-parcel': NO_SUCH_PARCEL },
  decide: ({ input: { plantingId, parcelId, householdId, crop, area, on }, states, today, refuse }) => {
    const from = on ?? today;
    if (states.planting.version > 0) return refuse('id-taken', { id: plantingId });
    if (!exists(states.parcel.state)) return refuse('no-such-parcel');
    return emit(states.planting, fact.events.PlantingRecorded.of({ factId: plantingId, from, parcelId, householdId, crop, area }, from));
  },
});
