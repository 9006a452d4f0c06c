import type { Halt } from './hosted.js';
import { endingHalts, StaysHalted } from './stays-halted.js';

const halt = (kind: Halt['kind'], position: number): Halt => ({ kind, eventId: `farmer:0:${position}`, service: 'farmer', lane: 0, position, error: '', since: 0 });
const [gap, poison, unreadable] = [halt('gap', 7), halt('poison', 7), halt('unreadable', 9)];
const refused = (halts: readonly Halt[], eventId?: string): StaysHalted['why'] | null => {
  try {
    endingHalts('villages', halts, eventId);
    return null;
  } catch (error) {
    if (error instanceof StaysHalted) return error.why;
    throw error;
  }
};

describe('At an operator\'s word', () => {
  test('nothing goes on that does not stand still', () => expect([refused([]), refused([], 'farmer:0:7')]).toEqual(['not-halted', 'not-halted']));
  test('any event is tried once more', () => expect(endingHalts('villages', [gap, unreadable])).toEqual([gap, unreadable]));
  test('the event it stands at is skipped, in whichever of its generations', () => {
    expect([endingHalts('villages', [poison, unreadable], 'farmer:0:7'), endingHalts('villages', [poison, unreadable], 'farmer:0:9')]).toEqual([[poison], [unreadable]]);
  });
  test('no other event is skipped', () => expect(refused([poison, unreadable], 'farmer:0:8')).toBe('other-event'));
  test('what is missing is not skipped', () => expect(refused([gap], 'farmer:0:7')).toBe('gap'));
});
