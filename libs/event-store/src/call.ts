import type { Sql } from '#decider';
import type { Append, Appended, StreamPosition } from './types.js';

const US = '\x1f';
const APPEND = 'select base, recorded, refused from es.append($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15)';

/** Refuses names that would shift those of the other commands of a call, and a stream named twice; `data` are JSON, which escapes control characters. */
export const checkNames = ({ commandId, fingerprint, streams }: Append): void => {
  const names = streams.flatMap(({ key, laneKey, events }) => [key, laneKey, ...events.flatMap((event) => [event.type, event.occurredOn])]);
  for (const name of [commandId, fingerprint, ...names]) {
    if (!name || name.includes(US)) throw new TypeError(`${JSON.stringify(name)} must be a text without U+001F`);
  }
  const twice = streams.find(({ key }, i) => streams.findIndex((other) => other.key === key) !== i);
  if (twice) throw new TypeError(`a command names the stream ${twice.key} twice`);
};

type FirstResult = readonly [stream: string, version: number, lane: number, position: number][];
type Refusal = readonly [command: number, status: number, stream: number, actual: number, recorded: number, answer: FirstResult | null];
interface AnswerRow {
  base: number;
  recorded: number;
  refused: readonly Refusal[] | null;
}

/** Texts joined by U+001F, and arrays as literals: cheaper to send and to parse than arrays of JSON. */
const encode = (commands: readonly Append[]) => {
  const s = { keys: [] as string[], command: [] as number[], expected: [] as number[], count: [] as number[] };
  const e = { slot: [] as number[], off: [] as number[], type: [] as string[], schema: [] as number[], day: [] as string[], data: [] as string[], origin: [] as string[] };
  commands.forEach((append, c) => {
    const origin = JSON.stringify({ ...append.origin, commandId: append.commandId });
    for (const stream of append.streams) {
      s.keys.push(stream.key);
      s.command.push(c + 1);
      s.expected.push(stream.expected);
      const slot = s.count.push(stream.events.length);
      stream.events.forEach((event, i) => {
        e.slot.push(slot);
        e.off.push(i + 1);
        e.type.push(event.type);
        e.schema.push(event.schemaVersion);
        e.day.push(event.occurredOn);
        e.data.push(JSON.stringify(event.data));
        e.origin.push(origin);
      });
    }
  });
  return { s, e };
};

const ints = (values: readonly number[]): string => `{${values.join(',')}}`;

/** One round trip for many commands of one lane, none sharing a stream; one answer each, in order. */
export const callAppend = async (sql: Sql, lane: number, now: number, commands: readonly Append[]): Promise<Appended[]> => {
  const { s, e } = encode(commands);
  const { rows } = await sql.query<AnswerRow>(APPEND, [
    lane, now, commands.map((c) => c.commandId).join(US), commands.map((c) => c.fingerprint).join(US),
    s.keys.join(US), ints(s.command), ints(s.expected), ints(s.count),
    ints(e.slot), ints(e.off), e.type.join(US), ints(e.schema), e.day.join(US), e.data.join(US), e.origin.join(US),
  ]);
  const [answer] = rows;
  const refusals = new Map(answer?.refused?.map((refusal) => [refusal[0], refusal]));
  let position = answer?.base ?? 0;
  return commands.map((append, c) => {
    const refusal = refusals.get(c + 1);
    if (refusal) return refused(refusal, s.keys);
    const streams: StreamPosition[] = [];
    for (const { key, expected, events } of append.streams) {
      if (!events.length) continue;
      position += events.length;
      streams.push({ key, version: expected + events.length, lane, position });
    }
    return { status: 'appended', recordedAt: answer?.recorded ?? now, streams };
  });
};

const refused = ([, status, stream, actual, recordedAt, answer]: Refusal, keys: readonly string[]): Appended => {
  if (status === 1) return { status: 'conflict', key: keys[stream - 1] ?? '', actual };
  if (status === 3) return { status: 'reused' };
  return { status: 'duplicate', recordedAt, streams: positions(answer ?? []) };
};

export const positions = (answer: FirstResult): StreamPosition[] =>
  answer.map(([key, version, lane, position]) => ({ key, version, lane, position }));
