import { corrected, IsDay, IsId, OFFICIALS, starValue, type EnteredValue, type StandardSheet } from '#contracts';
import { defineCommand, emit, need } from '#decider';
import { IsOptional, IsString, MaxLength, MinLength } from 'class-validator';
import { askedFor, ENTERED_THAT_DAY, enteredOn, isAsAsked, NO_VALUE, NOT_AS_ASKED, NOT_ASKED, starValues, told, yearOf } from './star-values.js';

export class CorrectStarValue {
  @IsId() villageId: string;
  @IsId() valueId: string;
  @IsOptional() value?: EnteredValue;
  @IsOptional() @IsString() @MinLength(1) @MaxLength(500) evidence?: string;
  @IsOptional() @IsDay() validFrom?: string;
}

/** 更正评星数据: the value, its evidence or its first day was entered wrongly. Another criterion is another value: void this one. */
export const correctStarValue = defineCommand({
  name: 'correct-star-value',
  title: { zh: '更正评星数据', en: 'Correct a value for a star' },
  input: CorrectStarValue,
  example: { villageId: 'r-410308103210', valueId: 'r-410308103210.value.1', value: 63 },
  streams: (input) => ({ values: starValues.at(input.villageId) }),
  needs: () => ({ sheets: need<readonly StandardSheet[]>('sheets', 'all') }),
  may: { roles: OFFICIALS, on: ({ input }) => [{ village: input.villageId }] },
  refusals: { 'no-such-value': NO_VALUE, 'not-asked': NOT_ASKED, 'not-as-asked': NOT_AS_ASKED, 'already-entered': ENTERED_THAT_DAY },
  decide: ({ input: { valueId, value, evidence, validFrom }, states, facts, refuse }) => {
    const now = states.values.state.byKey.get(valueId);
    if (!now) return refuse('no-such-value');
    const { criterion } = now;
    const next = corrected(now, { value, evidence, from: validFrom, year: validFrom && yearOf(validFrom) } as Partial<typeof now>);
    if (!next) return [];
    const kind = askedFor(facts.sheets, criterion, next.from);
    if (!kind) return refuse('not-asked', { criterion });
    if (!isAsAsked(next.value, kind)) return refuse('not-as-asked', { criterion, asked: told(kind) });
    if (enteredOn(states.values.state, next, valueId)) return refuse('already-entered', { criterion, day: next.from });
    return emit(states.values, starValue.events.StarValueCorrected.of(next, next.from));
  },
});
