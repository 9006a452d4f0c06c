import { LINKAGES, RECOGNITION_LEVELS } from '#contracts';
import type { RecordedEvent } from '#decider';
import type { Dice } from '../infra/dice.js';
import { MEASURES } from '../../apps/projection/src/measures/index.js';
import { ASKED_DAYS } from './calendar.js';
import { CROPS } from './deeds/land.js';
import type { Asked } from './oracle/oracle.js';

export const pick = <T>(roll: Dice, list: readonly T[]): T => list[roll(list.length)] as T;

const named = (events: readonly RecordedEvent[], field: string): string[] => {
  const ids = events.flatMap(({ data }) => (data as Record<string, unknown>)[field] ?? []).filter((id) => typeof id === 'string');
  return [...new Set(ids)];
};

/** Every measure in every group that the history knows of. */
export const everyGroup = (events: readonly RecordedEvent[]): { measure: string; group: string }[] => {
  const values: Record<string, readonly string[]> = {
    cooperative: named(events, 'cooperativeId'), enterprise: named(events, 'enterpriseId'), linkage: LINKAGES, crop: CROPS, product: CROPS, level: RECOGNITION_LEVELS,
  };
  return MEASURES.flatMap(({ name: measure, groups }) => {
    return [{ measure, group: '' }, ...groups.flatMap((dimension) => (values[dimension] ?? []).map((value) => ({ measure, group: `${dimension}=${value}` })))];
  });
};

export const regionsOf = (events: readonly RecordedEvent[]): (string | null)[] => [null, ...named(events, 'regionId')];

export interface Moment {
  readonly asOf: string;
  readonly from: string;
  readonly region: string | null;
  /** Epoch ms, of some event or just before it. */
  readonly knownAt: number;
}
/** Where and when something is asked: any day, any time of knowledge, any unit of the tree. */
export const moments = (events: readonly RecordedEvent[], roll: Dice, count: number): Moment[] =>
  Array.from({ length: count }, () => {
    const asOf = pick(roll, ASKED_DAYS);
    const earlier = ASKED_DAYS.filter((day) => day <= asOf);
    const from = roll(3) === 0 ? pick(roll, earlier) : `${asOf.slice(0, 4)}-01-01`;
    const knownAt = (pick(roll, events.slice(-100))?.recordedAt ?? 0) - roll(2);
    return { asOf, from, region: roll(3) === 0 ? null : pick(roll, regionsOf(events)), knownAt: roll(3) === 0 ? (events.at(-1)?.recordedAt ?? 0) : knownAt };
  });

export const questions = (events: readonly RecordedEvent[], { asOf, from, region }: Moment): Asked[] => everyGroup(events).map((one) => ({ ...one, region, asOf, from }));
