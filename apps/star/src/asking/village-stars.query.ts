import { IsLabel, IsOneOf, OUTCOMES, type Outcome } from '#contracts';
import { defineQuery, pageOf, type QueryContext } from '#service-kit';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { villagesAt, type Village } from '../known/villages.view.js';
import { assess, type Assessment } from '../scoring/assess.js';
import { openCriteria } from './explain.js';
import { regionOf } from './place.js';
import { noSheet, READERS, saidOf, StarAndWhen, whenOf } from './when.js';

export class VillageStarsInput extends StarAndWhen {
  /** Villages in this region: id, code, or a name that is unique. */
  @IsOptional() @IsString() @MaxLength(100) region?: string;
  @IsOptional() @IsOneOf(OUTCOMES) result?: Outcome;
  /** Part of a name, or the beginning of a code. */
  @IsOptional() @IsLabel() q?: string;
  /** Items a page, 1–500. */
  @IsInt() @Min(1) @Max(500) limit: number = 50;
  /** `next` of the page before. */
  @IsOptional() @IsString() @MaxLength(100) after?: string;
}

interface Where {
  readonly region: string | undefined;
  readonly villages: readonly Village[];
}

/** The villages asked for that the caller may see, as they stand on the day. */
const whereOf = async ({ input, ask, db, scope, tree, schemaOf }: QueryContext<VillageStarsInput>, asOf: string): Promise<Where> => {
  const region = input.region === undefined ? undefined : (await regionOf(ask, input.region, asOf)).id;
  const inside = region === undefined ? null : new Set(tree.villages(region, asOf));
  const all = await villagesAt(db, schemaOf('villages'), null, asOf);
  const { q } = input;
  const asked = ({ name, code }: Village): boolean => q === undefined || name.includes(q) || code.startsWith(q);
  return { region, villages: all.filter((village) => (inside?.has(village.id) ?? true) && (scope.everywhere || scope.villages.has(village.id)) && asked(village)) };
};

const itemOf = (village: Village, { scores }: Assessment, link: string) => {
  const score = scores.get(village.id);
  return { ...village, result: score?.result ?? 'UNKNOWN', progress: score?.progress ?? 0, ...openCriteria(score?.explanation ?? []), explained: `/star/villages/${village.id}?${link}` };
};

/** 评星清单: villages with their star as of a day, in the order of their codes; `counts` are of all that match but for the result. */
export const villageStars = defineQuery({
  name: 'village-stars',
  title: { zh: '各村评星', en: 'The stars of villages' },
  input: VillageStarsInput,
  example: { limit: 50, region: '410308103', asOf: '2022-07-18', result: 'MET' as const },
  may: { roles: READERS },
  views: ['star_values', 'standard_sheets', 'villages'],
  run: async (context) => {
    const { input } = context;
    const when = whenOf(context);
    const { asOf, star } = when;
    const { region, villages } = await whereOf(context, asOf);
    const assessed = await assess(context, { ...when, villages: villages.map(({ id }) => id), region });
    if (!assessed) throw noSheet(asOf);
    const link = new URLSearchParams({ star, asOf, ...(input.knownAt === undefined ? {} : { knownAt: input.knownAt }) }).toString();
    const all = villages.map((village) => itemOf(village, assessed, link));
    const found = all.filter(({ result }) => input.result === undefined || result === input.result);
    const rest = found.filter(({ code }) => input.after === undefined || code > input.after);
    return {
      ...saidOf(context, { ...when, assessed }),
      counts: Object.fromEntries(OUTCOMES.map((outcome) => [outcome, all.filter(({ result }) => result === outcome).length])),
      total: found.length, ...pageOf(rest, input.limit, ({ code }) => code),
    };
  },
});
