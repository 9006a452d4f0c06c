import type { RecordedEvent } from '#decider';
import type { KafkaMessage, Message } from 'kafkajs';

/** The topic that copies a service's event table: lane n is partition n. */
export const topicOf = (service: string): string => `${service}.events.v1`;
export const serviceOf = (topic: string): string => topic.slice(0, -'.events.v1'.length);

export interface Frontier {
  readonly position: number;
  readonly completeTo: number;
  /** How many lanes the service had then. */
  readonly lanes: number;
}

export type FeedRecord =
  | { readonly kind: 'event'; readonly event: RecordedEvent }
  | ({ readonly kind: 'frontier' } & Frontier)
  | { readonly kind: 'unreadable'; readonly position: number | null; readonly error: string };

export const eventRecord = (event: RecordedEvent): Message => ({
  key: event.stream,
  value: JSON.stringify(event),
  headers: { position: String(event.position), type: event.type },
  partition: event.lane,
});

/** An idle lane's word: complete up to `completeTo`, at this position. It has headers only. */
export const frontierRecord = (lane: number, { position, completeTo, lanes }: Frontier): Message => ({
  value: null,
  headers: { position: String(position), 'complete-to': String(completeTo), lanes: String(lanes) },
  partition: lane,
});

const numberIn = (message: KafkaMessage, header: string): number | null => {
  const value = message.headers?.[header];
  const number = value === undefined ? NaN : Number(String(value));
  return Number.isSafeInteger(number) ? number : null;
};

const readEvent = (message: KafkaMessage, position: number | null, owner: Pick<RecordedEvent, 'service' | 'lane'>): FeedRecord => {
  try {
    const event = JSON.parse(String(message.value)) as Partial<RecordedEvent> | null;
    const claims = [event?.service, event?.lane, event?.position, typeof event?.type];
    const fits = [owner.service, owner.lane, position, 'string'].every((expected, i) => claims[i] === expected);
    return fits ? { kind: 'event', event: event as RecordedEvent } : { kind: 'unreadable', position, error: 'not an event of this lane' };
  } catch (error) {
    return { kind: 'unreadable', position, error: `not JSON: ${error instanceof Error ? error.message : ''}` };
  }
};

/** Reads a record of the partition `lane` of a service's topic; never throws. */
export const readRecord = (message: KafkaMessage, service: string, lane: number): FeedRecord => {
  const position = numberIn(message, 'position');
  const completeTo = numberIn(message, 'complete-to');
  const lanes = numberIn(message, 'lanes');
  if (message.value === null && position !== null && completeTo !== null && lanes !== null) return { kind: 'frontier', position, completeTo, lanes };
  return readEvent(message, position, { service, lane });
};
