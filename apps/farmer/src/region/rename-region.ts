import { IsDay, IsId, IsLabel, region as fact } from '#contracts';
import { defineCommand, emit, isRefusal } from '#decider';
import { IsOptional } from 'class-validator';
import { STATED_THAT_DAY } from '../series.js';
import { NO_SUCH_REGION, NOT_YET_THEN, parentOf, placesOf, region } from './region.js';
import { restated } from './restate-region.js';

export class RenameRegion {
  @IsId() regionId: string;
  @IsLabel() name: string;
  @IsOptional() @IsDay() validFrom?: string;
}

/** 更名: a unit has another name from this day on; its code and its former names stay findable. */
export const renameRegion = defineCommand({
  name: 'rename-region',
  title: { zh: '区划更名', en: 'Rename a region' },
  input: RenameRegion,
  example: { regionId: 'r-410308103210', name: '白鹿村村民委员会', validFrom: '2022-10-01' },
  streams: (input, known) => ({ region: region.at(input.regionId), parents: parentOf(input.regionId, known) }),
  may: { roles: ['DISTRICT_OFFICIAL'], on: ({ states }) => placesOf(states.region, states.parents) },
  refusals: { 'no-such-region': NO_SUCH_REGION, 'not-yet-then': NOT_YET_THEN, 'already-stated': STATED_THAT_DAY },
  decide: ({ input: { name, validFrom }, states, today }) => {
    const from = validFrom ?? today;
    const next = restated(states.region.state, from, { name });
    if (next === null) return [];
    return isRefusal(next) ? next : emit(states.region, fact.events.VillageRenamed.of(next, from));
  },
});
