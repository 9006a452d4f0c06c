import type { RecordedEvent } from '#decider';
import type { Database } from '#postgres';
import { livesOf } from './lives.js';
import { recordedLives } from './recorded-lives.js';
import { compare, type BenchRow } from './row.js';

const HOUSEHOLDS = 20_000;
const BATCH = 5000;

/** A simple view: the home village of every household. */
const fold = async (db: Database, events: readonly RecordedEvent[]): Promise<void> => {
  const homes = new Map(events.map(({ data }) => [(data as { householdId: string }).householdId, (data as { villageId: string }).villageId]));
  await db.transaction(async (tx) => {
    await tx.query('insert into homes select * from unnest($1::text[], $2::text[]) on conflict (household) do update set village = excluded.village', [[...homes.keys()], [...homes.values()]]);
    await tx.query('update checkpoint set position = position + $1', [events.length]);
  });
};

const FOLD = `insert into homes select distinct on (data->>'householdId') data->>'householdId', data->>'villageId' from event
  where n > $1 and n <= $2 order by data->>'householdId', n desc on conflict (household) do update set village = excluded.village`;

const fresh = (db: Database): Promise<unknown> =>
  db.query(`drop table if exists homes, checkpoint; create table homes (household text primary key, village text not null);
    create table checkpoint (position bigint not null); insert into checkpoint values (0)`);

/** The same fold of the same batches: by the view from events in memory, and inside the server from a table of events. */
export const simpleFold = async (db: Database): Promise<BenchRow> => {
  const events = [...recordedLives(livesOf(HOUSEHOLDS))].filter(({ type }) => type.startsWith('Household') && type !== 'HouseholdStandingStated');
  await db.query('drop table if exists event; create table event (n int primary key, data json not null)');
  await db.transaction((tx) => tx.copy('event', ['n', 'data'], events.map(({ data }, i) => [i + 1, JSON.stringify(data)])));
  await db.query('analyze event');
  const timed = async (work: () => Promise<void>): Promise<number> => {
    await fresh(db);
    const begun = performance.now();
    await work();
    return (events.length * 1000) / (performance.now() - begun);
  };
  const ours = () => timed(async () => {
    for (let i = 0; i < events.length; i += BATCH) await fold(db, events.slice(i, i + BATCH));
  });
  const sql = () => timed(async () => {
    for (let i = 0; i < events.length; i += BATCH) {
      await db.transaction(async (tx) => {
        await tx.query(FOLD, [i, i + BATCH]);
        await tx.query('update checkpoint set position = position + $1', [BATCH]);
      });
    }
  });
  return { name: 'a simple view, batches of 5,000', unit: 'events/s', ...(await compare(5, ours, sql)), target: 0.6, better: 'higher' };
};
