import { IsDay } from '#contracts';
import { IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';

/** Where and when a figure is asked for. */
export class WhereAndWhen {
  /** Code of 6, 9 or 12 digits (old ones stay found), region id, or a name that is unique; all there is unless told. */
  @IsOptional()
  @IsString()
  @MaxLength(64)
  region?: string;

  /** As of the end of this day; today unless told. */
  @IsOptional()
  @IsDay()
  asOf?: string;

  /** First day of the period, for period figures; 1 January of asOf's year unless told. */
  @IsOptional()
  @IsDay()
  from?: string;

  /** As known at this instant (ISO) or at the end of this day; with all that is known unless told. */
  @IsOptional()
  @Matches(/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/)
  knownAt?: string;
}

export class FigureInput extends WhereAndWhen {
  @IsString()
  @MaxLength(64)
  measure: string;

  /** `<dimension>:<value>`: only through this cooperative, enterprise, crop, linkage, product, or of this level. */
  @IsOptional()
  @Matches(/^[a-z]+:.{1,100}$/)
  group?: string;
}

export class BreakdownInput extends FigureInput {
  /** `regions`: the units right below; `village`: all villages below; or, without a group, a dimension of the measure. */
  @IsString()
  @MaxLength(32)
  dimension: string;
}

export class RateInput extends WhereAndWhen {
  @IsString()
  @MaxLength(64)
  rate: string;

  /** One of the rate's named denominators; the first unless told. */
  @IsOptional()
  @IsString()
  @MaxLength(64)
  denominator?: string;
}

export class DrillInput {
  @IsString()
  @MaxLength(2000)
  token: string;

  /** `counted` sums to the figure; `left-out` lists what was not counted, each with its reason. */
  @IsOptional()
  @Matches(/^(counted|left-out)$/)
  list?: 'counted' | 'left-out';

  @IsOptional()
  @IsString()
  @MaxLength(400)
  after?: string;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number;
}

export class ChangesInput {
  /** `next` of the answer before; 0 at first. */
  @IsInt()
  @Min(0)
  since: number;

  /** `day` of the answer before: lines that come due after it are told too. */
  @IsOptional()
  @IsDay()
  day?: string;
}

export class RegionsInput {
  @IsOptional()
  @IsDay()
  asOf?: string;

  @IsOptional()
  @IsString()
  @MaxLength(64)
  region?: string;
}

export class EventInput {
  @Matches(/^[a-z-]+:\d{1,6}:\d{1,15}$/)
  id: string;
}

/** The catalogue asks nothing. */
export class CatalogueInput {
  /** A measure's or rate's name. */
  @IsOptional()
  @IsString()
  @MaxLength(64)
  name?: string;
}
