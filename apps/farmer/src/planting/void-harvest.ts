import { harvest as fact, IsId, OFFICIALS } from '#contracts';
import { defineCommand, emit } from '#decider';
import { parcel, placesOf } from '../parcel/parcel.js';
import { harvest, NO_SUCH_HARVEST } from './harvest.js';

export class VoidHarvest {
  @IsId() harvestId: string;
}

/** 收获记录作废: it never happened. */
export const voidHarvest = defineCommand({
  name: 'void-harvest',
  title: { zh: '作废收获记录', en: 'Void a harvest' },
  input: VoidHarvest,
  example: { harvestId: 'g-1' },
  streams: (input, known) => {
    const ref = harvest.at(input.harvestId);
    const parcelId = known(ref)?.now?.parcelId;
    return { harvest: ref, parcels: parcelId ? [parcel.at(parcelId)] : [] };
  },
  may: { roles: OFFICIALS, on: ({ states }) => states.parcels.flatMap(placesOf) },
  refusals: { 'no-such-harvest': NO_SUCH_HARVEST },
  decide: ({ states, refuse }) => {
    const { now } = states.harvest.state;
    return now ? emit(states.harvest, fact.events.HarvestVoided.of(now, now.from)) : refuse('no-such-harvest');
  },
});
