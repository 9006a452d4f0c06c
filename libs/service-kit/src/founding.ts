import { randomUUID } from 'node:crypto';
import type { Order } from '#decider';
import type { Runtime } from './runtime.js';
import { canonical, uuidFrom } from './secrets.js';

/** Side by side; each has to wait for its connection anyway. */
const AT_ONCE = 64;

const idOf = (service: string, { command, input }: Order): string => uuidFrom('founding', service, command.name, canonical(input));

const giveAll = async ({ commands, manifest: { name } }: Runtime, orders: readonly Order[]): Promise<void> => {
  const correlationId = randomUUID();
  const waiting = orders.values();
  const work = async (): Promise<void> => {
    for (const order of waiting) await commands.give(order.command, order.input, { commandId: idOf(name, order), principal: null, origin: { source: 'IMPORT', correlationId } });
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, orders.length) }, work));
};

/**
 * What a service records at its first start, in its own name: chapter after chapter. Ids derive from the content, so a start that was
 * interrupted goes on where it stopped, and a later start adds nothing.
 */
export const found = async (runtime: Runtime): Promise<void> => {
  const chapters = runtime.manifest.founding?.() ?? [];
  const last = chapters.at(-1)?.at(-1);
  if (!last || (await runtime.store.resultOf(idOf(runtime.manifest.name, last)))) return;
  for (const orders of chapters) await giveAll(runtime, orders);
  runtime.around.telemetry.log.info({ service: runtime.manifest.name, commands: chapters.flat().length }, 'founded');
};
