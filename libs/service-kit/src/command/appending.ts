import { EVENTS } from '#contracts';
import type { Emission } from '#decider';
import type { StreamAppend } from '#event-store';
import type { Situation } from './loading.js';

/** An event that breaks the published language is a defect of ours: it must not reach the store. */
export const checkEvents = (service: string, emissions: readonly Emission[]): void => {
  for (const { event } of emissions) {
    const definition = EVENTS.get(event.type);
    if (!definition) throw new Error(`${event.type} is not in the published language`);
    if (definition.service !== service) throw new Error(`${event.type} belongs to ${definition.service}, not ${service}`);
    if (definition.version !== event.schemaVersion) throw new Error(`${event.type}: version ${event.schemaVersion} is not today's ${definition.version}`);
    const wrong = definition.problem(event.data);
    if (wrong) throw new Error(wrong);
  }
};

/** What goes to the store: the emitted events, and a check of every other stream that the decision rested on. */
export const appendOf = (emissions: readonly Emission[], { loaded }: Situation): StreamAppend[] => {
  const byKey = Map.groupBy(emissions, ({ ref }) => ref.key);
  const foreign = [...byKey.keys()].find((key) => !loaded.has(key));
  if (foreign) throw new Error(`events for the stream ${foreign}, which the command does not name`);
  return [...loaded.values()].map(({ ref: { key, laneKey }, version }) => ({
    key,
    laneKey,
    expected: version,
    events: (byKey.get(key) ?? []).map(({ event }) => event),
  }));
};
