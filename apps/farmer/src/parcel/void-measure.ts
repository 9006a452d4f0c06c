import { IsId, land, OFFICIALS, standingOnes } from '#contracts';
import { defineCommand, emit } from '#decider';
import { NO_STATEMENT } from '../series.js';
import { codesOf, parcel, placesOf, releaseCode } from './parcel.js';

export class VoidMeasure {
  @IsId() parcelId: string;
  @IsId() measureId: string;
}

/** 地块记录作废: it was never measured so. With its last measure void, the parcel was registered in error and its code is free again. */
export const voidMeasure = defineCommand({
  name: 'void-measure',
  title: { zh: '作废地块记录', en: 'Void a measure of a parcel' },
  input: VoidMeasure,
  example: { parcelId: 'l-1', measureId: 'l-1.land.2' },
  streams: (input, known) => {
    const ref = parcel.at(input.parcelId);
    return { parcel: ref, codes: codesOf(input.parcelId, known(ref)?.measures.byKey.get(input.measureId)?.parcelCode) };
  },
  may: { roles: OFFICIALS, on: ({ states }) => placesOf(states.parcel) },
  refusals: { 'no-such-statement': NO_STATEMENT },
  decide: ({ input: { parcelId, measureId }, states, today, refuse }) => {
    const { measures } = states.parcel.state;
    const now = measures.byKey.get(measureId);
    if (!now) return refuse('no-such-statement');
    const named = standingOnes(measures).some((measure) => measure.factId !== measureId && measure.parcelCode === now.parcelCode);
    const released = named ? [] : states.codes.flatMap((held) => releaseCode(held, parcelId, today));
    return [...emit(states.parcel, land.events.ParcelMeasureVoided.of(now, now.from)), ...released];
  },
});
