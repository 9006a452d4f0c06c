import { defineView, type FoldBatch, type View } from '#decider';
import type { ViewHost } from '#messaging';
import type { Database, Tx } from '#postgres';

export interface Tallied {
  readonly service: string;
  readonly lane: number;
  readonly position: number;
  readonly times: number;
  readonly data: unknown;
}

/** A view that counts how often each event took effect, in the order in which it did; `first` is called before each batch. */
export const tally = (services: readonly string[], options: { name?: string; version?: number; first?: (batch: FoldBatch, tx: Tx) => Promise<void> | void } = {}): View<Tx> =>
  defineView<Tx>({
    name: options.name ?? 'tally',
    version: options.version ?? 1,
    services,
    tables: (schema) => `create table ${schema}.seen (turn bigint generated always as identity, service text, lane int, position bigint, times int, data json, primary key (service, lane, position))`,
    fold: async (batch, { db, schema }) => {
      await db.query(
        `insert into ${schema}.seen as s (service, lane, position, times, data)
         select e.service, e.lane, e.position, 1, e.data from unnest($1::text[], $2::int[], $3::bigint[], $4::json[]) e(service, lane, position, data)
         on conflict (service, lane, position) do update set times = s.times + 1`,
        [batch.events.map(({ service }) => service), batch.events.map(({ lane }) => lane), batch.events.map(({ position }) => position), batch.events.map(({ data }) => JSON.stringify(data))],
      );
      await options.first?.(batch, db);
    },
  });

/** What the live generation of a tally has, in the order of taking effect. */
export const tallied = async (host: ViewHost & { database: Database }, view = 'tally'): Promise<Tallied[]> =>
  (await host.database.query<Tallied>(`select service, lane, position, times, data from ${host.schemaOf(view)}.seen order by turn`)).rows;

/** What is wrong with it: events that took effect twice, too early or not at all. */
export const faults = (seen: readonly Tallied[], heads: Readonly<Record<string, readonly number[]>>): string[] => {
  const last = new Map<string, number>();
  const wrong: string[] = [];
  for (const { service, lane, position, times } of seen) {
    const key = `${service}:${lane}`;
    if (position !== (last.get(key) ?? 0) + 1) wrong.push(`${key}:${position} after ${last.get(key) ?? 0}`);
    if (times !== 1) wrong.push(`${key}:${position} took effect ${times} times`);
    last.set(key, position);
  }
  for (const [service, lanes] of Object.entries(heads)) {
    lanes.forEach((head, lane) => void ((last.get(`${service}:${lane}`) ?? 0) === head || wrong.push(`${service}:${lane} ends at ${last.get(`${service}:${lane}`) ?? 0} of ${head}`)));
  }
  return wrong;
};
