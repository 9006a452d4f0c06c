import type { Halt } from './hosted.js';

/** Why a view does not go on at an operator's word. */
export class StaysHalted extends Error {
  /**
   * @param why `not-halted`: nothing stands still in this process. `other-event`: it stands at another one. `gap`: what is missing cannot be skipped.
   * @param at where it stands in this process
   */
  constructor(
    readonly view: string,
    readonly why: 'not-halted' | 'other-event' | 'gap',
    readonly at: readonly string[],
  ) {
    super(`${view} is not halted there (${why}${at.length > 0 ? `, it stands at ${at.join(', ')}` : ''})`);
  }
}

/**
 * Which halts end at an operator's word: every one that is retried, those at the event that is skipped.
 *
 * @param eventId the event to go on without; undefined: to be tried once more
 * @throws StaysHalted when none does
 */
export const endingHalts = (view: string, halts: readonly Halt[], eventId?: string): readonly Halt[] => {
  const at = halts.map((halt) => halt.eventId);
  if (halts.length === 0) throw new StaysHalted(view, 'not-halted', at);
  if (eventId === undefined) return halts;
  const there = halts.filter((halt) => halt.eventId === eventId);
  if (there.length === 0) throw new StaysHalted(view, 'other-event', at);
  const skipped = there.filter(({ kind }) => kind !== 'gap');
  if (skipped.length === 0) throw new StaysHalted(view, 'gap', at);
  return skipped;
};
