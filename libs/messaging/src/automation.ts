import { createHash } from 'node:crypto';
import type { Automation, Order, RecordedEvent } from '#decider';
import type { Database } from '#postgres';
import type { Reaction } from './views/hosted.js';

export interface AutomationHosting {
  /**
   * Gives the command under exactly this id. Resolves when it was accepted, was a repetition, or was refused by a rule; throws
   * `TryAgain` when it is to be tried until it works. Any other error is tried five times and then halts the automation.
   */
  dispatch(order: Order, origin: OrderOrigin): Promise<void>;
  /** Schema of the live generation of a view once it has seen the event: `ViewHost.schemaAfter`. */
  schemaAfter(view: string, event: RecordedEvent): Promise<string>;
}
export interface OrderOrigin {
  /** Derived from automation, event and order: the same whenever the event is given again. */
  readonly commandId: string;
  readonly automation: string;
  readonly event: RecordedEvent;
}

/** Fixed for ever: another value would let every automation repeat what it has done. */
const NAMESPACE = Buffer.from('6f1d0c3e8a4b4d0f9c57b2a5e1f3d768', 'hex');

/**
 * The id (UUID version 5) under which an automation gives one order on an event. Made of the order itself, not of its place in
 * the list: when the event is given again, the views may by then ask for fewer.
 */
export const commandIdOf = (automation: string, eventId: string, order: Order): string => {
  const name = [automation, eventId, order.command.name, JSON.stringify(order.input)].join('\u001f');
  const hash = createHash('sha1').update(NAMESPACE).update(name).digest().subarray(0, 16);
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};

/** An automation as a reader for {@link ViewHost}: with a checkpoint of its own, halting, retry and skip like a view. */
export const automationHandler = (automation: Automation<Database>, hosting: AutomationHosting): Reaction => ({
  name: automation.name,
  services: automation.services,
  react: async ({ events }, db, done) => {
    for (const event of events) {
      const orders = !automation.on.includes(event.type) ? [] : await automation.when(event, { db, schemaOf: (view) => hosting.schemaAfter(view, event) });
      for (const order of orders) {
        await hosting.dispatch(order, { commandId: commandIdOf(automation.name, event.id, order), automation: automation.name, event });
      }
      done(event);
    }
  },
});
