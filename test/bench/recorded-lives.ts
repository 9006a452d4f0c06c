import { eventId, type RecordedEvent } from '#decider';
import { told, type Lives } from './lives.js';

const START = Date.parse('2021-06-01T00:00:00+08:00');

const hash = (text: string): number => {
  let h = 2166136261;
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 16777619);
  return h >>> 0;
};

/** Streams of one life lie near each other, as the services put them: `parcel-l-7.1` and `household-7` in one lane. */
const nearOf = (stream: string): string => stream.replace(/^(household|person|parcel|binding)-([a-z]-)?(\d+).*$/, 'life-$3');

/** All events in the order of their recording, as the stores of the three services would hold them; one command a millisecond. */
export function* recordedLives(lives: Lives): Generator<RecordedEvent> {
  const [positions, versions] = [new Map<string, number>(), new Map<string, number>()];
  let rec = START;
  for (const { service, stream, event, sameCommand } of told(lives)) {
    const lane = hash(nearOf(stream)) % lives.lanes;
    const position = (positions.get(`${service}:${lane}`) ?? 0) + 1;
    const version = (versions.get(stream) ?? 0) + 1;
    positions.set(`${service}:${lane}`, position);
    versions.set(stream, version);
    if (!sameCommand) rec += 1;
    yield { ...event, id: eventId(service, lane, position), service, lane, position, stream, version, recordedAt: rec, origin: { actor: 'bench', source: 'API', commandId: `${rec}`, correlationId: `${rec}` } };
  }
}
