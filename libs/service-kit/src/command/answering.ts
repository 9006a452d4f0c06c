import { eventId, fill, type AnyCommand, type Refusal, type Text } from '#decider';
import type { Written } from '#event-store';
import type { CommandAnswer } from '../command-answer.js';
import { Problem } from '../problem.js';
import type { Situation } from './loading.js';

/** `household-h-1` → `['household', 'h-1']`: names of streams have no hyphen, ids may. */
const idOf = (key: string): [string, string] => {
  const hyphen = key.indexOf('-');
  return [key.slice(0, hyphen), key.slice(hyphen + 1)];
};

export const answerOf = (service: string, commandId: string, { recordedAt, streams }: Written): CommandAnswer => ({
  commandId,
  recordedAt: new Date(recordedAt).toISOString(),
  at: streams.map(({ lane, position }) => eventId(service, lane, position)),
  streams: streams.map(({ key, version }) => ({ stream: key, version })),
  ids: Object.fromEntries(streams.map(({ key }) => idOf(key)).reverse()),
});

export const nothingNew = (commandId: string, { loaded }: Situation): CommandAnswer => ({
  commandId,
  recordedAt: null,
  at: [],
  streams: [...loaded.values()].filter(({ version }) => version > 0).map(({ ref, version }) => ({ stream: ref.key, version })),
  ids: Object.fromEntries([...loaded.keys()].map(idOf).reverse()),
});

export const refusedBy = (command: AnyCommand, { code, details }: Refusal): Problem => {
  const text = command.refusals[code] as Text | undefined;
  if (!text) throw new Error(`${command.name} refuses with ${code}, which it does not declare`);
  return new Problem('refused', { code, detail: { zh: fill(text.zh, details), en: fill(text.en, details) } });
};

export const reused = (): Problem =>
  new Problem('refused', { code: 'command-id-reused', detail: { zh: '此 Idempotency-Key 已用于另一条指令。', en: 'This Idempotency-Key was used for another command.' } });
