import { type MemberData, type Standing, standingOnes } from '#contracts';

/** What a placement beside those that stand would break: one a day, and none after a death. */
export const problemOf = (placements: Standing<MemberData>, next: MemberData): keyof typeof PLACEMENT_REFUSALS | null => {
  const others = standingOnes(placements).filter((placement) => placement.factId !== next.factId);
  if (others.some((placement) => placement.from === next.from)) return 'already-stated';
  const death = [...others, next].find((placement) => placement.reason === 'DIED');
  const later = death && [...others, next].some((placement) => placement.from > death.from || (placement.reason === 'DIED' && placement !== death));
  return later ? 'after-death' : null;
};

export const PLACEMENT_REFUSALS = {
  'already-stated': { zh: '{day} 已有一条记录,请更正那一条', en: 'there is a statement of {day} already; correct that one' },
  'after-death': { zh: '去世之后不能再有记录,请先更正或作废', en: 'nothing can follow a death; correct or void one of the two first' },
} as const;
