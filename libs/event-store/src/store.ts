import { type Database, migrate } from '#postgres';
import { checkNames, positions } from './call.js';
import { type Clock, systemClock } from './clock.js';
import { persistently } from './connection.js';
import { Frontiers } from './frontiers.js';
import { LaneMap } from './lanes.js';
import { LaneQueue } from './lane-queue.js';
import { MIGRATIONS } from './migrations.js';
import { readingOf, type Upcast } from './reading.js';
import { appendOverLanes } from './several-lanes.js';
import type { Append, Appended, EventStore } from './types.js';
import { Wake } from './wake.js';

export interface EventStoreOptions {
  readonly database: Database;
  readonly service: string;
  /** For a new database 4 unless told; recorded in it, and may later be raised: streams stay where they were born. */
  readonly lanes?: number;
  readonly clock?: Clock;
  readonly upcast?: Upcast;
  /** Told for every commit how many commands shared it. */
  readonly grouped?: (commands: number) => void;
}

/** Opens the store of one service in its database, and brings its tables up to date. */
export const openEventStore = async (options: EventStoreOptions): Promise<EventStore> => {
  const { database, service, clock = systemClock, upcast = (_, schemaVersion, data) => ({ schemaVersion, data }) } = options;
  await migrate(database.url, MIGRATIONS, { table: 'es_migrations' });
  const lanes = await laneCount(database, options.lanes);
  const frontiers = new Frontiers(database, clock);
  const wake = new Wake(database);
  const map = new LaneMap(database, lanes);
  const appender = new Appender(database, map, clock, options.grouped);
  const reading = readingOf(database, service, upcast);
  return {
    service,
    lanes,
    ...reading,
    load: async (keys) => {
      const histories = await reading.load(keys);
      for (const [key, [first]] of histories) if (first) map.remember(key, first.lane);
      return histories;
    },
    append: async (append) => {
      const answer = await appender.append(append);
      if (answer.status === 'appended') wake.appended();
      return answer;
    },
    resultOf: (commandId) => resultOf(database, commandId),
    frontiers: () => frontiers.all(),
    onAppend: (listener) => wake.on(listener),
    close: async () => {
      await appender.close();
      await wake.close();
    },
  };
};

class Appender {
  private closed = false;
  private readonly open = new Set<Promise<unknown>>();
  /** Made when first needed: a process with more lanes may have made streams beyond ours. */
  private readonly queues = new Map<number, LaneQueue>();

  constructor(private readonly database: Database, private readonly map: LaneMap, private readonly clock: Clock, private readonly grouped: (commands: number) => void = () => undefined) {}

  async append(append: Append): Promise<Appended> {
    if (!append.streams.some((stream) => stream.events.length)) throw new Error('an append needs at least one event');
    checkNames(append);
    const lanes = await persistently(() => this.map.place(append.streams), () => this.closed);
    if (this.closed) throw new Error('the event store is closed');
    const [first = 0] = lanes;
    const answer = lanes.every((lane) => lane === first) ? await this.queue(first).push(append) : await this.overLanes(append, lanes);
    if (answer.status === 'appended') for (const stream of answer.streams) this.map.remember(stream.key, stream.lane);
    return answer;
  }

  async close(): Promise<void> {
    this.closed = true;
    await Promise.all([...this.queues.values()].map((queue) => queue.close()));
    await Promise.allSettled(this.open);
  }

  private queue(lane: number): LaneQueue {
    let queue = this.queues.get(lane);
    if (!queue) this.queues.set(lane, (queue = new LaneQueue(this.database, lane, this.clock, this.grouped)));
    return queue;
  }

  private async overLanes(append: Append, lanes: readonly number[]): Promise<Appended> {
    const placed = append.streams.map((stream, i) => ({ ...stream, lane: lanes[i] as number }));
    const work = persistently(() => appendOverLanes(this.database, append, placed, this.clock.now()), () => this.closed);
    this.open.add(work);
    this.grouped(1);
    return work.finally(() => this.open.delete(work));
  }
}

const laneCount = async (database: Database, wanted: number | undefined): Promise<number> => {
  const { rows } = await database.query<{ value: number }>(
    `insert into es.settings values ('lanes', $1) on conflict (name) do update set value = greatest(es.settings.value, $2) returning value`, [wanted ?? 4, wanted ?? 0]);
  return rows[0]?.value ?? 4;
};

const resultOf: (database: Database, commandId: string) => ReturnType<EventStore['resultOf']> = async (database, commandId) => {
  const { rows } = await database.query<{ fingerprint: string; recorded_at: number; result: [string, number, number, number][] }>(
    'select fingerprint, recorded_at, result from es.commands where command_id = $1', [commandId]);
  const [row] = rows;
  return row ? { status: 'duplicate', fingerprint: row.fingerprint, recordedAt: row.recorded_at, streams: positions(row.result) } : null;
};
