import type { Database, Tx } from '#postgres';
import { positions } from './call.js';
import type { Append, Appended, StreamAppend, StreamPosition } from './types.js';

export interface Placed extends StreamAppend {
  readonly lane: number;
}

/** A command whose streams lie in several lanes: a transaction of its own, streams locked by key, then lanes ascending. */
export const appendOverLanes = (database: Database, append: Append, placed: readonly Placed[], now: number): Promise<Appended> => {
  const streams = [...placed].sort((a, b) => (a.key < b.key ? -1 : 1));
  return database.transaction(async (tx) => {
    const fresh = await createStreams(tx, streams);
    const conflict = await findConflict(tx, streams, fresh);
    const seen = await seenBefore(tx, append);
    if (seen ?? conflict) return undo(tx, streams, fresh, (seen ?? conflict) as Appended);
    return write(tx, append, streams, now);
  });
};

const createStreams = async (tx: Tx, streams: readonly Placed[]): Promise<Set<string>> => {
  const wanted = streams.filter((stream) => stream.expected === 0 && stream.events.length > 0);
  const { rows } = await tx.query<{ stream: string }>(
    `insert into es.streams (stream, lane, version) select k, l, 0 from unnest($1::text[], $2::int[]) t(k, l) order by k collate "C" on conflict do nothing returning stream`,
    [wanted.map((stream) => stream.key), wanted.map((stream) => stream.lane)]);
  return new Set(rows.map((row) => row.stream));
};

const findConflict = async (tx: Tx, streams: readonly Placed[], fresh: ReadonlySet<string>): Promise<Appended | null> => {
  const { rows } = await tx.query<{ stream: string; version: number }>(
    'select stream, version from es.streams where stream = any($1) order by stream for no key update', [streams.map((stream) => stream.key)]);
  const versions = new Map(rows.map((row) => [row.stream, row.version]));
  const wrong = streams.find((stream) => !fresh.has(stream.key) && (versions.get(stream.key) ?? 0) !== stream.expected);
  return wrong ? { status: 'conflict', key: wrong.key, actual: versions.get(wrong.key) ?? 0 } : null;
};

const seenBefore = async (tx: Tx, append: Append): Promise<Appended | null> => {
  const { rows } = await tx.query<{ fingerprint: string; recorded_at: number; result: [string, number, number, number][] }>(
    'select fingerprint, recorded_at, result from es.commands where command_id = $1', [append.commandId]);
  const [row] = rows;
  if (!row) return null;
  return row.fingerprint === append.fingerprint ? { status: 'duplicate', recordedAt: row.recorded_at, streams: positions(row.result) } : { status: 'reused' };
};

const undo = async (tx: Tx, streams: readonly Placed[], fresh: ReadonlySet<string>, answer: Appended): Promise<Appended> => {
  if (fresh.size) await tx.query('delete from es.streams where stream = any($1) and version = 0', [streams.map((stream) => stream.key)]);
  return answer;
};

const write = async (tx: Tx, append: Append, streams: readonly Placed[], now: number): Promise<Appended> => {
  const lanes = [...new Set(streams.filter((stream) => stream.events.length).map((stream) => stream.lane))].sort((a, b) => a - b);
  for (const lane of lanes) await tx.query('select pg_advisory_xact_lock(7361, $1)', [lane]);
  const heads = await headsOf(tx, lanes);
  const recordedAt = Math.max(now, ...heads.map((head) => head.last));
  const next = new Map(heads.map((head) => [head.lane, head.position]));
  const origin = { ...append.origin, commandId: append.commandId };
  const written: StreamPosition[] = [];
  const rows: unknown[][] = [];
  for (const stream of streams) {
    let position = next.get(stream.lane) ?? 0;
    stream.events.forEach((event, i) => {
      position += 1;
      rows.push([stream.lane, position, stream.key, stream.expected + i + 1, event.type, event.schemaVersion, event.occurredOn, event.data, origin, recordedAt]);
    });
    next.set(stream.lane, position);
    if (stream.events.length) written.push({ key: stream.key, version: stream.expected + stream.events.length, lane: stream.lane, position });
  }
  await tx.query('update es.streams s set version = t.v from unnest($1::text[], $2::int[]) t(k, v) where s.stream = t.k', [written.map((w) => w.key), written.map((w) => w.version)]);
  await tx.query('insert into es.commands (command_id, fingerprint, recorded_at, result) values ($1, $2, $3, $4)', [
    append.commandId, append.fingerprint, recordedAt, JSON.stringify(written.map((w) => [w.key, w.version, w.lane, w.position]))]);
  await tx.copy('es.events', ['lane', 'position', 'stream', 'version', 'type', 'schema_version', 'occurred_on', 'data', 'origin', 'recorded_at'], rows);
  return { status: 'appended', recordedAt, streams: written };
};

interface Head {
  lane: number;
  position: number;
  /** The last recorded time or frontier of the lane. */
  last: number;
}
const headsOf = async (tx: Tx, lanes: readonly number[]): Promise<Head[]> =>
  (await tx.query<Head>(
    `select l lane, coalesce(e.position, 0) "position", greatest(coalesce(e.recorded_at, 0), coalesce(f.complete_to, 0)) "last" from unnest($1::int[]) l
     left join lateral (select position, recorded_at from es.events where lane = l order by position desc limit 1) e on true
     left join es.frontiers f on f.lane = l`, [lanes])).rows;
