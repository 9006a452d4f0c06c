import type { Text } from '#decider';
import type { Halt } from '#messaging';

export interface Released {
  readonly service: string;
  readonly view: string;
  /** To go on without; undefined: to be tried once more. */
  readonly eventId?: string;
}

/** Why a view cannot go on at an operator's word, and what to do instead; a halt is known only to the process whose reading it stopped. */
export const releaseRefusal = (halts: readonly Halt[], { service, view, eventId }: Released): Text | null => {
  const at = halts.map((halt) => halt.eventId).join(', ');
  if (at === '') {
    return {
      zh: `${view} 在答复的这个进程中没有停住。若 ${service} 由多个进程运行,请直接向停住的那个进程提出(其 /health/ready 的 halted 不为 null);重新启动那个进程,也会再试一次。`,
      en: `${view} does not stand still in the process that answers. If several run ${service}, ask the one that does at its own address (its /health/ready shows what it is halted at); starting that one again tries the event once more, too.`,
    };
  }
  if (eventId === undefined) return null;
  const halt = halts.find((one) => one.eventId === eventId);
  if (!halt) return { zh: `${view} 停在 ${at}:请核对 eventId。`, en: `${view} stands at ${at}: check the eventId.` };
  return halt.kind === 'gap' ? { zh: '缺失的事件不能跳过:请先补齐,再重试。', en: 'What is missing cannot be skipped: restore it, then retry.' } : null;
};
