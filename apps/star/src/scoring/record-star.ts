import { IsDay, IsId, IsOneOf, OUTCOMES, STAR_KINDS, StarScored, type Explained, type Outcome, type StarKind } from '#contracts';
import { defineCommand, emit } from '#decider';
import { IsArray, IsInt, Max, Min } from 'class-validator';
import { saysTheSame, villageStar } from './village-star.js';

export class RecordStar {
  @IsId() villageId: string;
  @IsOneOf(STAR_KINDS) star: StarKind;
  @IsInt() year: number;
  @IsDay() asOf: string;
  @IsId() sheetId: string;
  @IsInt() sheetVersion: number;
  @IsOneOf(OUTCOMES) result: Outcome;
  @IsInt() @Min(0) @Max(100) progress: number;
  @IsArray() explanation: Explained[];
  /** How many results whoever scored it had seen: of two who score, the one who saw less does not have the last word. */
  @IsInt() @Min(0) seen: number;
}

/** 记录评星结果: kept only when it says something else than the last one. */
export const recordStar = defineCommand({
  name: 'record-star',
  title: { zh: '记录评星结果', en: 'Record the result of a star' },
  input: RecordStar,
  example: { ...StarScored.example, seen: 0 },
  streams: (input) => ({ star: villageStar.at(`${input.villageId}.${input.star}`) }),
  may: { roles: [] },
  refusals: { overtaken: { zh: '已有更新的评星结果', en: 'a newer result was recorded meanwhile' } },
  decide: ({ input: { seen, ...result }, states, refuse }) => {
    const { results, last } = states.star.state;
    if (seen !== results) return refuse('overtaken');
    return last && saysTheSame(last, result) ? [] : emit(states.star, StarScored.of(result, result.asOf));
  },
});
