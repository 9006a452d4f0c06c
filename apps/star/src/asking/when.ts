import { IsDay, IsOneOf, OFFICIALS, STAR_KINDS, type Role, type StarKind } from '#contracts';
import { Problem, type QueryContext } from '#service-kit';
import { endOfDay } from '#standards';
import { IsOptional, Matches } from 'class-validator';
import type { Assessment } from '../scoring/assess.js';

/** Whoever sees all figures of a village: an organisation sees only its own share, which makes no star. */
export const READERS: readonly Role[] = ['ANALYST', ...OFFICIALS];

const INDUSTRY: StarKind = 'THRIVING_INDUSTRY';
/** Which star, and when. */
export class StarAndWhen {
  /** 产业兴旺星 unless told. */
  @IsOptional() @IsOneOf(STAR_KINDS) star?: StarKind;
  /** As of the end of this day; today unless told. */
  @IsOptional() @IsDay() asOf?: string;
  /** As known at this instant (ISO) or at the end of this day; with all that is known unless told. */
  @IsOptional() @Matches(/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/) knownAt?: string;
}

const VIEWS = ['star_values', 'standard_sheets'] as const;

/** Everything recorded up to then is in our own views, ISO. */
const ownWatermark = ({ watermark }: Pick<QueryContext<unknown>, 'watermark'>): string => new Date(Math.min(...VIEWS.map((view) => watermark(view)))).toISOString();
const skippedAny = ({ skipped }: Pick<QueryContext<unknown>, 'skipped'>): boolean => VIEWS.some((view) => skipped(view) > 0);

interface Answered {
  readonly star: StarKind;
  readonly asOf: string;
  readonly knownAt: number | null;
  readonly assessed: Pick<Assessment, 'sheet' | 'watermark' | 'incomplete'>;
}
/** provisional: may still move · final: the same for ever · incomplete: over an event that an operator let a view skip. */
const standingOf = (context: Pick<QueryContext<unknown>, 'skipped'>, { knownAt, assessed }: Answered): string => {
  if (assessed.incomplete || skippedAny(context)) return 'incomplete';
  return knownAt === null ? 'provisional' : 'final';
};
/** What every answer says of itself. */
export const saidOf = (context: Pick<QueryContext<unknown>, 'skipped' | 'watermark'>, answered: Answered) => {
  const { star, asOf, knownAt, assessed: { sheet, watermark } } = answered;
  const own = ownWatermark(context);
  return {
    star, year: Number(asOf.slice(0, 4)), asOf, knownAt: knownAt === null ? null : new Date(knownAt).toISOString(),
    watermark: watermark !== null && watermark < own ? watermark : own, standing: standingOf(context, answered),
    sheet: { id: sheet.sheetId, version: sheet.version, validFrom: sheet.from, title: sheet.title },
  };
};

/** @throws Problem 'refused' beyond what is complete */
const knownAtOf = (context: QueryContext<StarAndWhen>): number | null => {
  const { knownAt } = context.input;
  if (knownAt === undefined) return null;
  const instant = knownAt.includes('T') ? Date.parse(knownAt) : endOfDay(knownAt);
  const complete = ownWatermark(context);
  if (instant <= Date.parse(complete)) return instant;
  throw new Problem('refused', {
    code: 'not-known-yet',
    detail: { zh: `knownAt 晚于已完整到达的时间 ${complete};请稍后再问,或用该时间,或不带 knownAt 取暂定值。`, en: `knownAt lies beyond what is complete, ${complete}; ask again later, take that time, or leave knownAt out for a provisional answer.` },
  });
};

/** What is asked for in full; `knownAt` in epoch ms, or null. */
export const whenOf = (context: QueryContext<StarAndWhen>): Pick<Answered, 'star' | 'asOf' | 'knownAt'> => {
  const { star = INDUSTRY, asOf = context.today } = context.input;
  return { star, asOf, knownAt: knownAtOf(context) };
};

export const noSheet = (day: string): Problem =>
  new Problem('refused', { code: 'no-standard-sheet', detail: { zh: `${day} 没有有效的标准表。`, en: `No standard sheet is in force on ${day}.` } });
