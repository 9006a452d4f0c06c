import { IsDay, IsOneOf, STAR_KINDS, StandardSheetPublished, type Criterion, type StandardSheet, type StarKind, type Words } from '#contracts';
import { defineCommand, emit } from '#decider';
import { ArrayMinSize, IsArray, IsInt, IsObject, IsOptional, Min } from 'class-validator';
import { contradiction } from '../scoring/inputs.js';
import { industrySheet2022 } from './default-sheet.js';
import { standardSheet } from './standard-sheet.js';

export class PublishStandardSheet {
  @IsOneOf(STAR_KINDS) star: StarKind;
  /** One more than the last version, so that two who publish at once do not pass over each other. */
  @IsInt() @Min(1) version: number;
  /** Results of this day and later are judged by it; today when left out. */
  @IsOptional() @IsDay() validFrom?: string;
  /** `{ zh, en }` */
  @IsObject() title: Words;
  /** As in the event StandardSheetPublished: id, title, mandatory, weight, tests. */
  @IsArray() @ArrayMinSize(1) @IsObject({ each: true }) criteria: Criterion[];
}

const repeated = (criteria: readonly Criterion[]): string | undefined => criteria.find(({ id }, i) => criteria.findIndex((other) => other.id === id) !== i)?.id;

/** What is wrong with a sheet as a sheet, or undefined. */
const flaw = (sheet: StandardSheet): string | undefined => {
  const malformed = StandardSheetPublished.problem(sheet);
  if (malformed) return malformed;
  const { criteria } = sheet;
  const [twice, both] = [repeated(criteria), contradiction(criteria)];
  if (twice) return `criteria: ${twice} twice`;
  if (both) return `criteria: ${both} asked for in two ways`;
  return criteria.some(({ mandatory }) => mandatory) ? undefined : 'criteria: none is mandatory';
};

/** 发布标准表: the next version of a star's sheet. What is published is never edited, only followed. */
export const publishStandardSheet = defineCommand({
  name: 'publish-standard-sheet',
  title: { zh: '发布标准表', en: 'Publish a standard sheet' },
  input: PublishStandardSheet,
  example: industrySheet2022(),
  streams: (input) => ({ sheets: standardSheet.at(input.star) }),
  may: { roles: ['DISTRICT_OFFICIAL'] },
  refusals: {
    'not-next': { zh: '下一版本号应为 {next}', en: 'the next version is {next}' },
    'not-a-sheet': { zh: '标准表内容有误:{flaw}', en: 'this is not a standard sheet: {flaw}' },
  },
  decide: ({ input: { star, version, validFrom, title, criteria }, states, today, refuse }) => {
    const next = states.sheets.state.length + 1;
    if (version !== next) return refuse('not-next', { next });
    const sheet: StandardSheet = { sheetId: `${star}.${version}`, star, version, from: validFrom ?? today, title, criteria };
    const wrong = flaw(sheet);
    return wrong ? refuse('not-a-sheet', { flaw: wrong }) : emit(states.sheets, StandardSheetPublished.of(sheet, sheet.from));
  },
});
