import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';

/** Input of a list; extend it. */
export class Paged {
  /** Items a page, 1–500. */
  @IsInt()
  @Min(1)
  @Max(500)
  limit: number = 50;

  /** `next` of the page before. */
  @IsOptional()
  @IsString()
  @MaxLength(300)
  after?: string;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Give it as `after`; null at the end. */
  readonly next: string | null;
  readonly total?: number;
}

/** A page from `limit + 1` rows asked in the order of `keyOf`, which must be unique. */
export const pageOf = <T>(rows: readonly T[], limit: number, keyOf: (row: T) => string): Page<T> => {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? keyOf(last) : null };
};

/** A list's answer for the documentation, from one of its items. */
export const aPage = <T extends object>(item: T): Page<T> => ({ items: [item], next: 'h-1', total: 1 });
