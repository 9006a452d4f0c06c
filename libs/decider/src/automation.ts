import type { AnyCommand } from './command.js';
import type { RecordedEvent } from './event.js';
import type { Sql } from './view.js';

/**
 * Event → own command. `when` reads the event and the service's own views and answers with the commands to give (none is
 * fine). Their ids derive from the event, so a redelivered event changes nothing twice.
 */
export interface Automation<Db extends Sql = Sql> {
  /** A sentence: `when-parcel-claimed-twice-flag-conflict`. */
  readonly name: string;
  readonly services: readonly string[];
  readonly on: readonly string[];
  when(event: RecordedEvent, ask: AutomationContext<Db>): Promise<readonly Order[]>;
}
export interface Order {
  readonly command: AnyCommand;
  readonly input: unknown;
}
export interface AutomationContext<Db extends Sql = Sql> {
  readonly db: Db;
  /** Schema of the live generation of one of the service's own views, after it has seen this event. */
  schemaOf(view: string): Promise<string>;
}
export const defineAutomation = <Db extends Sql = Sql>(automation: Automation<Db>): Automation<Db> => automation;
