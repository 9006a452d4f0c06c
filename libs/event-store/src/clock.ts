/** Where the store takes its time from, epoch milliseconds. Tests and the sample drive it. */
export interface Clock {
  now(): number;
}
export const systemClock: Clock = { now: () => Date.now() };
