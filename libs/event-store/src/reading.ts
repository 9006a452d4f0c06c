import { setImmediate as turn } from 'node:timers/promises';
import { eventId, type Origin, type RecordedEvent, type Sql } from '#decider';
import { gatheringFinds } from '#postgres';
import type { TailOptions } from './types.js';

/** Brings data of an older schema version to today's. */
export type Upcast = (type: string, schemaVersion: number, data: unknown) => { schemaVersion: number; data: unknown };

const US = '\x1f';
const FIELDS = ['lane', 'position', 'stream', 'version', 'type', 'schema_version', 'occurred_on', 'recorded_at', 'data', 'origin'];
/** A page is one text, its fields joined by U+001F, which neither names nor JSON contain: one value is far cheaper to receive than ten a row. */
const page = (from: string, order: string): string =>
  `select string_agg(concat_ws(E'\\x1f', ${FIELDS.join(', ')}), E'\\x1f' order by ${order}) page, max(position) last from (select ${FIELDS.join(', ')} from es.events where ${from}) e`;
const BY_LANE = page('lane = $1 and position > $2 order by position limit $3', 'position');
const BY_STREAM = page('stream = any($1) order by stream, version', 'stream, version');

const toEvents = (service: string, upcast: Upcast, text: string | null | undefined): RecordedEvent[] => {
  const fields = text ? text.split(US) : [];
  const events: RecordedEvent[] = [];
  for (let i = 0; i < fields.length; i += FIELDS.length) {
    const [lane, position, stream, version, type, writtenAs, occurredOn, recordedAt, written, origin] = fields.slice(i, i + FIELDS.length) as Fields;
    const { schemaVersion, data } = upcast(type, Number(writtenAs), JSON.parse(written));
    events.push({
      id: eventId(service, Number(lane), Number(position)), service, lane: Number(lane), position: Number(position), stream, version: Number(version),
      type, schemaVersion, occurredOn, recordedAt: Number(recordedAt), origin: JSON.parse(origin) as Origin, data,
    });
  }
  return events;
};
type Fields = [string, string, string, string, string, string, string, string, string, string];

export interface Reading {
  load(keys: readonly string[]): Promise<Map<string, RecordedEvent[]>>;
  read(lane: number, after: number, limit: number): Promise<RecordedEvent[]>;
  tail(lane: number, after: number, options?: TailOptions): AsyncIterable<RecordedEvent[]>;
}

interface Page {
  readonly page: string | null;
  readonly last: number | null;
}

export const readingOf = (sql: Sql, service: string, upcast: Upcast): Reading => {
  const ask = async (text: string, values: readonly unknown[]): Promise<Page> => (await sql.query<Page>(text, values)).rows[0] ?? { page: null, last: null };
  const events = ({ page }: Page) => toEvents(service, upcast, page);

  return {
    read: async (lane, after, limit) => events(await ask(BY_LANE, [lane, after, limit])),
    load: gatheringFinds(async (keys) => Map.groupBy(events(await ask(BY_STREAM, [keys])), ({ stream }) => stream)),
    async *tail(lane, after, { signal, pageSize = 1000 } = {}) {
      let next = ask(BY_LANE, [lane, after, pageSize]);
      while (!signal?.aborted) {
        const received = await next;
        if (received.last === null) return;
        // The next page is on its way while this one is parsed and worked on; a reader that leaves early must not leave a rejection behind.
        next = ask(BY_LANE, [lane, received.last, pageSize]);
        next.catch(() => undefined);
        // What was asked leaves the process before it is kept busy.
        await turn();
        yield events(received);
      }
    },
  };
};
