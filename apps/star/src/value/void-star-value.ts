import { IsId, OFFICIALS, starValue } from '#contracts';
import { defineCommand, emit } from '#decider';
import { NO_VALUE, starValues } from './star-values.js';

export class VoidStarValue {
  @IsId() villageId: string;
  @IsId() valueId: string;
}

/** 作废评星数据: it was never so; what was entered before it holds on. */
export const voidStarValue = defineCommand({
  name: 'void-star-value',
  title: { zh: '作废评星数据', en: 'Void a value for a star' },
  input: VoidStarValue,
  example: { villageId: 'r-410308103210', valueId: 'r-410308103210.value.1' },
  streams: (input) => ({ values: starValues.at(input.villageId) }),
  may: { roles: OFFICIALS, on: ({ input }) => [{ village: input.villageId }] },
  refusals: { 'no-such-value': NO_VALUE },
  decide: ({ input: { valueId }, states, refuse }) => {
    const now = states.values.state.byKey.get(valueId);
    return now ? emit(states.values, starValue.events.StarValueVoided.of(now, now.from)) : refuse('no-such-value');
  },
});
