import { StarScored, type StarResult } from '#contracts';
import { defineStream, type DomainEvent } from '#decider';

export interface VillageStarState {
  /** How many results were recorded; every one is kept. */
  readonly results: number;
  readonly last: StarResult | null;
}

/** 村评星: the results of one star of one village; the stream is `<village>.<star>`. */
export const villageStar = defineStream<VillageStarState>({
  name: 'village_star',
  initial: { results: 0, last: null },
  evolve: (state, { type, data }: DomainEvent) => (type === StarScored.type ? { results: state.results + 1, last: data as StarResult } : state),
});

/** Whether two results say the same: another day, and so another drill token, is no other result; another year or sheet is. */
export const saysTheSame = (a: StarResult, b: StarResult): boolean => told(a) === told(b);
const told = ({ year, sheetId, result, progress, explanation }: StarResult): string => JSON.stringify([year, sheetId, result, progress, explanation], (key, value: unknown) => (key === 'drill' ? undefined : canonical(value)));

/** With its fields in one order, as they come from JSON in any. */
const canonical = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;
