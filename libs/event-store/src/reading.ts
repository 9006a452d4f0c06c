import { eventId, type Origin, type RecordedEvent, type Sql } from '#decider';
import type { TailOptions } from './types.js';

/** Brings data of an older schema version to today's. */
export type Upcast = (type: string, schemaVersion: number, data: unknown) => { schemaVersion: number; data: unknown };

interface EventRow {
  lane: number;
  position: number;
  stream: string;
  version: number;
  type: string;
  schema_version: number;
  occurred_on: string;
  data: unknown;
  origin: Origin;
  recorded_at: number;
}
const COLUMNS = 'lane, position, stream, version, type, schema_version, occurred_on, data, origin, recorded_at';

const toEvent = (service: string, upcast: Upcast) => (row: EventRow): RecordedEvent => ({
  id: eventId(service, row.lane, row.position),
  service,
  lane: row.lane,
  position: row.position,
  stream: row.stream,
  version: row.version,
  type: row.type,
  occurredOn: row.occurred_on,
  recordedAt: row.recorded_at,
  origin: row.origin,
  ...upcast(row.type, row.schema_version, row.data),
});

export interface Reading {
  load(keys: readonly string[]): Promise<Map<string, RecordedEvent[]>>;
  read(lane: number, after: number, limit: number): Promise<RecordedEvent[]>;
  tail(lane: number, after: number, options?: TailOptions): AsyncIterable<RecordedEvent[]>;
}

export const readingOf = (sql: Sql, service: string, upcast: Upcast): Reading => {
  const event = toEvent(service, upcast);
  const read = async (lane: number, after: number, limit: number) =>
    (await sql.query<EventRow>(`select ${COLUMNS} from es.events where lane = $1 and position > $2 order by position limit $3`, [lane, after, limit])).rows.map(event);

  return {
    read,
    load: async (keys) => {
      const { rows } = await sql.query<EventRow>(`select ${COLUMNS} from es.events where stream = any($1) order by stream, version`, [keys]);
      return Map.groupBy(rows.map(event), (one) => one.stream);
    },
    async *tail(lane, after, { signal, pageSize = 2000 } = {}) {
      let page = read(lane, after, pageSize);
      while (!signal?.aborted) {
        const events = await page;
        const last = events.at(-1);
        if (!last) return;
        // The next page is on its way while this one is worked on; a reader that leaves early must not leave a rejection behind.
        page = read(lane, last.position, pageSize);
        page.catch(() => undefined);
        yield events;
      }
    },
  };
};
