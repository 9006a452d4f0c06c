import type { RegionLevel } from '#contracts';
import { type Need, wish } from '#decider';
import { checkRegionCode } from '#standards';

const DIGITS = { DISTRICT: 6, TOWN: 9, VILLAGE: 12 } as const;

/** Is this a code of that level? */
export const fitsLevel = (code: string, level: RegionLevel): boolean => checkRegionCode(code).ok && code.length === DIGITS[level];

/** A day a region begins to hold a code. */
export interface CodeHeld {
  readonly regionId: string;
  readonly from: string;
  /** Day of the region's next statement, null when it is the last one. */
  readonly to: string | null;
}
/** Who holds a code, and from when to when. */
export const holdersOf = (code: string): Need<readonly CodeHeld[] | null> => wish<readonly CodeHeld[]>('region-code', code);

/** Does another region hold the code on that day? */
export const heldByAnother = (holders: readonly CodeHeld[] | null, regionId: string, day: string): boolean =>
  (holders ?? []).some((held) => held.regionId !== regionId && held.from <= day && (held.to === null || day < held.to));
