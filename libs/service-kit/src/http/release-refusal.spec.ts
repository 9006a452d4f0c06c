import type { Halt } from '#messaging';
import { releaseRefusal } from './release-refusal.js';

const halt = (kind: Halt['kind'], position: number): Halt => ({ kind, eventId: `farmer:0:${position}`, service: 'farmer', lane: 0, position, error: '', since: 0 });
const told = (halts: readonly Halt[], eventId?: string): string | undefined => releaseRefusal(halts, { service: 'star', view: 'villages', eventId })?.en;

describe('An operator who lets a view go on', () => {
  test('is sent to the process that stands still by one that does not', () => {
    for (const eventId of [undefined, 'farmer:0:7']) expect(told([], eventId)).toMatch(/in the process that answers.+If several run star, ask the one that does.+health\/ready/);
  });
  test('may have any event tried once more', () => expect([told([halt('gap', 7)]), told([halt('poison', 7)])]).toEqual([undefined, undefined]));
  test('may skip what it stands at, in any of its generations, and is told where that is', () => {
    const halts = [halt('poison', 7), halt('unreadable', 9)];
    expect([told(halts, 'farmer:0:7'), told(halts, 'farmer:0:9'), told(halts, 'farmer:0:8')]).toEqual([undefined, undefined, 'villages stands at farmer:0:7, farmer:0:9: check the eventId.']);
  });
  test('may not skip what is missing', () => expect(told([halt('gap', 7)], 'farmer:0:7')).toBe('What is missing cannot be skipped: restore it, then retry.'));
});
