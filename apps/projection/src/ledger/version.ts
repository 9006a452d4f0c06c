import { FACTS, factOf } from '#contracts';
import type { RecordedEvent } from '#decider';
import { dayNumber } from './calendar.js';
import { KINDS, type Attributes, type Kind, type Version } from './types.js';

const codes = new Map<string, number>(KINDS.map((kind, code) => [kind, code]));
export const codeOf = (kind: Kind): number => codes.get(kind) as number;
export const bitOf = (kind: Kind): number => 1 << codeOf(kind);

const shapes = new Map(FACTS.map((fact) => [fact.kind, fact.shape]));
export const shapeOf = (kind: Kind): 'period' | 'series' | 'flow' => shapes.get(kind) ?? 'period';

/** The version of a fact that an event states, or null when it states none that any measure reads. */
export const toVersion = (event: RecordedEvent): Version | null => {
  const fact = factOf(event);
  if (!fact || !codes.has(fact.kind)) return null;
  const attributes = fact.attributes as Attributes;
  return {
    kind: fact.kind as Kind,
    key: fact.key,
    subject: fact.subject,
    from: dayNumber(fact.from),
    to: fact.to === null ? Infinity : dayNumber(fact.to),
    rec: event.recordedAt,
    service: event.service,
    lane: event.lane,
    position: event.position,
    voided: fact.voided,
    due: attributes.due === undefined ? null : dayNumber(attributes.due),
    attributes,
    eventId: event.id,
  };
};

const byText = (a: string, b: string): number => {
  if (a === b) return 0;
  return a < b ? -1 : 1;
};

/** The order of knowledge: what was recorded first, and within one millisecond a fixed order of lanes. */
export const byKnowledge = (a: Version, b: Version): number => a.rec - b.rec || byText(a.service, b.service) || a.lane - b.lane || a.position - b.position;
