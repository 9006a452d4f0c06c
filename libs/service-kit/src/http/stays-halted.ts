import type { Text } from '#decider';
import type { StaysHalted } from '#messaging';

/** A halt is known only to the process whose reading it stopped. */
const WORDS: Readonly<Record<StaysHalted['why'], (refusal: StaysHalted, service: string) => Text>> = {
  'not-halted': ({ view }, service) => ({
    zh: `${view} 在答复的这个进程中没有停住。若 ${service} 由多个进程运行,请直接向停住的那个进程提出(其 /health/ready 的 halted 不为 null);重新启动那个进程,也会再试一次。`,
    en: `${view} does not stand still in the process that answers. If several run ${service}, ask the one that does at its own address (its /health/ready shows what it is halted at); starting that one again tries the event once more, too.`,
  }),
  'other-event': ({ view, at }) => ({ zh: `${view} 停在 ${at.join(', ')}:请核对 eventId。`, en: `${view} stands at ${at.join(', ')}: check the eventId.` }),
  gap: () => ({ zh: '缺失的事件不能跳过:请先补齐,再重试。', en: 'What is missing cannot be skipped: restore it, then retry.' }),
};

/** Says why a view does not go on at an operator's word, and what to do instead. */
export const wordsOf = (refusal: StaysHalted, service: string): Text => WORDS[refusal.why](refusal, service);
