import { IsAmount, IsDay, IsId, land, latest, OFFICIALS, statedOn } from '#contracts';
import { defineCommand, emit } from '#decider';
import { IsOptional } from 'class-validator';
import { inForceOn, nextKey, STATED_THAT_DAY } from '../series.js';
import { exists, NO_SUCH_PARCEL, parcel, placesOf } from './parcel.js';

export class RemeasureParcel {
  @IsId() parcelId: string;
  /** Hundredths of a 亩. */
  @IsAmount(1) area: number;
  @IsOptional() @IsDay() validFrom?: string;
}

/** 地块重测: the parcel has another area from this measuring day on. */
export const remeasureParcel = defineCommand({
  name: 'remeasure-parcel',
  title: { zh: '地块重测', en: 'Remeasure a parcel' },
  input: RemeasureParcel,
  example: { parcelId: 'l-1', area: 330, validFrom: '2022-06-01' },
  streams: (input) => ({ parcel: parcel.at(input.parcelId) }),
  may: { roles: OFFICIALS, on: ({ states }) => placesOf(states.parcel) },
  refusals: { 'no-such-parcel': NO_SUCH_PARCEL, 'already-stated': STATED_THAT_DAY },
  decide: ({ input: { parcelId, area, validFrom }, states, today, refuse }) => {
    const from = validFrom ?? today;
    const { measures } = states.parcel.state;
    const before = inForceOn(measures, from) ?? latest(measures);
    if (!exists(states.parcel.state) || !before) return refuse('no-such-parcel');
    if (statedOn(measures, from)) return refuse('already-stated', { day: from });
    return emit(states.parcel, land.events.ParcelRemeasured.of({ ...before, factId: nextKey(parcelId, 'land', measures), from, area }, from));
  },
});
