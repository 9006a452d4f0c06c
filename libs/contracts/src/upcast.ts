import { EVENTS } from './catalogue.js';
import type { EventDefinition } from './event.js';

/** Data of an event with the version of the schema they follow. */
export interface Versioned {
  readonly schemaVersion: number;
  readonly data: unknown;
}

/**
 * Brings data of an older version to today's, step by step. What is of today, of a later version than this process knows, or of
 * a type of another product, stays as it is.
 */
export const upcast = (type: string, schemaVersion: number, data: unknown, events: ReadonlyMap<string, Pick<EventDefinition, 'upcasts'>> = EVENTS): Versioned => {
  const upcasts = events.get(type)?.upcasts ?? {};
  let now: Versioned = { schemaVersion, data };
  for (let step = upcasts[schemaVersion]; step; step = upcasts[now.schemaVersion]) now = { schemaVersion: now.schemaVersion + 1, data: step(now.data as never) };
  return now;
};
