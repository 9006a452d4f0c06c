import { planting as fact, IsId, OFFICIALS } from '#contracts';
import { defineCommand, emit } from '#decider';
import { parcel, placesOf } from '../parcel/parcel.js';
import { planting, NO_SUCH_PLANTING } from './planting.js';

export class VoidPlanting {
  @IsId() plantingId: string;
}

/** 播种记录作废: it never happened. */
export const voidPlanting = defineCommand({
  name: 'void-planting',
  title: { zh: '作废播种记录', en: 'Void a planting' },
  input: VoidPlanting,
  example: { plantingId: 's-1' },
  streams: (input, known) => {
    const ref = planting.at(input.plantingId);
    const parcelId = known(ref)?.now?.parcelId;
    return { planting: ref, parcels: parcelId ? [parcel.at(parcelId)] : [] };
  },
  may: { roles: OFFICIALS, on: ({ states }) => states.parcels.flatMap(placesOf) },
  refusals: { 'no-such-planting': NO_SUCH_PLANTING },
  decide: ({ states, refuse }) => {
    const { now } = states.planting.state;
    return now ? emit(states.planting, fact.events.PlantingVoided.of(now, now.from)) : refuse('no-such-planting');
  },
});
