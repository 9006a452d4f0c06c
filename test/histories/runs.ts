import fc from 'fast-check';
import { tellHistory, type Told } from './history.js';
import type { RecordedEvent } from '#decider';

/** How many random histories a property is tried on: PROPERTY_RUNS, or the number given. A failure is told again by PROPERTY_SEED. */
export const runs = (usual: number): { numRuns: number; seed: number } => ({ numRuns: Number(process.env.PROPERTY_RUNS ?? usual), seed: Number(process.env.PROPERTY_SEED ?? 20_220_718) });

/** The same histories in every run, for the tests that look for a mistake in them. */
export const sampled = async (stories: fc.Arbitrary<readonly Told[]>, count: number): Promise<(readonly RecordedEvent[])[]> => {
  const told: (readonly RecordedEvent[])[] = [];
  for (const story of fc.sample(stories, { numRuns: count, seed: 7 })) told.push((await tellHistory(story)).events);
  return told;
};

/** The last part of a history, as a reader needs it to see why two answers differ. */
export const ending = (events: readonly RecordedEvent[]): string =>
  events.slice(-25).map(({ recordedAt, id, type, data }) => `${recordedAt} ${id} ${type} ${JSON.stringify(data)}`).join('\n');
