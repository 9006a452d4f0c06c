import type { EventDefinition } from './event.js';

/** One line per event version ever published: `Type@version` → canonical JSON Schema. */
export type SchemaLock = Readonly<Record<string, string>>;

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sorted(inner)]));
};

export const lockOf = (events: Iterable<EventDefinition>): SchemaLock =>
  Object.fromEntries([...events].map((event) => [`${event.type}@${event.version}`, JSON.stringify(sorted(event.schema))] as const).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Newer versions of the same type bring an upcaster for each step from the locked version on. */
const reachable = (event: EventDefinition | undefined, from: number): boolean => {
  if (!event || event.version <= from) return false;
  for (let version = from; version < event.version; version += 1) if (!event.upcasts[version]) return false;
  return true;
};

/**
 * What today's events would break of the published language: a locked version changed, or vanished without an upcaster.
 * New types and versions are fine; they are then added to the lock.
 */
export const breaches = (lock: SchemaLock, events: readonly EventDefinition[]): string[] => {
  const now = lockOf(events);
  const byType = new Map(events.map((event) => [event.type, event]));
  return Object.entries(lock).flatMap(([key, schema]) => {
    if (now[key] === schema) return [];
    if (now[key] !== undefined) return [`${key} changed: publish version ${Number(key.split('@')[1]) + 1} with an upcaster instead`];
    const [type = '', version = '0'] = key.split('@');
    return reachable(byType.get(type), Number(version)) ? [] : [`${key} vanished: keep it, or bring an upcaster from it`];
  });
};
