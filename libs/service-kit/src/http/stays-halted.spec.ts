import { StaysHalted } from '#messaging';
import { wordsOf } from './stays-halted.js';

const told = (why: StaysHalted['why'], at: readonly string[] = []): string => wordsOf(new StaysHalted('villages', why, at), 'star').en;

describe('An operator whose view does not go on', () => {
  test('is sent to the process that stands still by one that does not', () => expect(told('not-halted')).toMatch(/in the process that answers.+If several run star, ask the one that does.+health\/ready/));
  test('is told where it stands', () => expect(told('other-event', ['farmer:0:7', 'farmer:0:9'])).toBe('villages stands at farmer:0:7, farmer:0:9: check the eventId.'));
  test('is told what to do about a gap', () => expect(told('gap', ['farmer:0:7'])).toBe('What is missing cannot be skipped: restore it, then retry.'));
});
