import { IsDay, IsId, IsLabel, OFFICIALS, starValue, type EnteredValue, type StandardSheet } from '#contracts';
import { defineCommand, emit, need } from '#decider';
import { IsDefined, IsOptional, IsString, MaxLength, MinLength } from 'class-validator';
import { askedFor, ENTERED_THAT_DAY, enteredOn, isAsAsked, NOT_AS_ASKED, NOT_ASKED, starValues, told, yearOf } from './star-values.js';

export class EnterStarValue {
  @IsId() villageId: string;
  /** Name of an input of the sheet in force: `TI-1`, `TI-4.profile`, `leading-product`. */
  @IsLabel() criterion: string;
  /** A number, true or false, or text, as the sheet asks. */
  @IsDefined() value: EnteredValue;
  /** What proves it; until it is told the value counts as unknown. No personal data. */
  @IsOptional() @IsString() @MinLength(1) @MaxLength(500) evidence?: string;
  /** The value holds from this day to the end of its year; today when left out. */
  @IsOptional() @IsDay() validFrom?: string;
}

/** 录入评星数据: a value of a village for a criterion and year, with its evidence. */
export const enterStarValue = defineCommand({
  name: 'enter-star-value',
  title: { zh: '录入评星数据', en: 'Enter a value for a star' },
  input: EnterStarValue,
  example: { villageId: 'r-410308103210', criterion: 'TI-1', value: 62, evidence: '镇统计台账2022年上半年', validFrom: '2022-06-30' },
  streams: (input) => ({ values: starValues.at(input.villageId) }),
  needs: (input) => ({ village: need<{ villageId: string }>('village', input.villageId), sheets: need<readonly StandardSheet[]>('sheets', 'all') }),
  may: { roles: OFFICIALS, on: ({ input }) => [{ village: input.villageId }] },
  refusals: { 'not-asked': NOT_ASKED, 'not-as-asked': NOT_AS_ASKED, 'already-entered': ENTERED_THAT_DAY },
  decide: ({ input: { villageId, criterion, value, evidence, validFrom }, states, facts, today, refuse }) => {
    const from = validFrom ?? today;
    const kind = askedFor(facts.sheets, criterion, from);
    if (!kind) return refuse('not-asked', { criterion });
    if (!isAsAsked(value, kind)) return refuse('not-as-asked', { criterion, asked: told(kind) });
    const { state } = states.values;
    if (enteredOn(state, { criterion, from })) return refuse('already-entered', { criterion, day: from });
    const fact = { factId: `${villageId}.value.${state.made + 1}`, from, villageId, year: yearOf(from), criterion, value, ...(evidence === undefined ? {} : { evidence }) };
    return emit(states.values, starValue.events.StarValueEntered.of(fact, from));
  },
});
