import { execFile, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { type Append, type EventStore, openEventStore } from '#event-store';
import { type Database, type Embedded, openDatabase, startEmbedded } from '#postgres';
import { dataDirectory } from '../infra/data-directory.js';
import { type BenchRow, compare, quantile } from './row.js';

const SECONDS = 3;
const ROUNDS = 3;
const origin = { actor: 'bench', source: 'API', correlationId: 'bench' } as const;
/** About 400 bytes as JSON: a household's binding with its dates and ids. */
const event = (i: number) => ({ type: 'FarmerBindingActivated', schemaVersion: 1, occurredOn: '2022-03-01', data: { factId: `b-${i}`, from: '2022-03-01', to: null, householdId: randomUUID(), cooperativeId: `c-${i % 43}`, linkage: 'MEMBER', state: 'ACTIVE', filler: 'x'.repeat(220) } });
const command = (events: number, stream: string = randomUUID()): Append => ({ commandId: randomUUID(), fingerprint: 'bench', origin, streams: [{ key: stream, laneKey: stream, expected: 0, events: Array.from({ length: events }, (_, i) => event(i)) }] });

/** Callers that ask again as soon as they are answered; events a second and each call's milliseconds. */
const load = async (callers: number, work: () => Promise<number>): Promise<{ rate: number; times: number[] }> => {
  const times: number[] = [];
  let events = 0;
  const begun = performance.now();
  const caller = async () => {
    while (performance.now() - begun < SECONDS * 1000) {
      const before = performance.now();
      const done = await work();
      events += done;
      times.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return { rate: (events * 1000) / (performance.now() - begun), times };
};

interface Bench {
  server: Embedded;
  store: EventStore;
  wide: EventStore;
  bare: pg.Client[];
  database: Database;
  dir: string;
}

const BARE = 'insert into bare (lane, position, stream, version, type, data, meta) values ';
let serial = 0;
const meta = JSON.stringify(origin);
const PGBENCH = spawnSync('pgbench', ['--version']).status === 0;

/** Prepared INSERTs of the same row from 16 clients of pgbench, one transaction after the other, no checks. */
const pgbench = async (url: string, dir: string, events: number): Promise<number> => {
  // A blank after each colon: pgbench takes `:null` for a variable.
  const literal = (json: string) => `'${json.replaceAll('":', '": ')}'`;
  const insert = `${BARE}(0, nextval('bare_position'), gen_random_uuid()::text, 1, 'FarmerBindingActivated', ${literal(JSON.stringify(event(1).data))}, ${literal(meta)});\n`;
  const script = join(dir, `bare-${events}.sql`);
  writeFileSync(script, events > 1 ? `begin;\n${insert.repeat(events)}commit;\n` : insert);
  const { stdout } = await promisify(execFile)('pgbench', ['-n', '-M', 'prepared', '-c', '16', '-j', '2', '-T', String(SECONDS), '-f', script, url]);
  return Number(/tps = ([\d.]+)/.exec(stdout)?.[1]) * events;
};

/** The same from this process, where there is no pgbench. */
const fromNode = async (clients: pg.Client[], events: number): Promise<number> => {
  const idle = [...clients];
  const one = (client: pg.Client) => {
    const e = event((serial += 1));
    return client.query({ name: 'bare', text: `${BARE}($1, nextval('bare_position'), $2, $3, $4, $5, $6)`, values: [0, randomUUID(), 1, e.type, JSON.stringify(e.data), meta] });
  };
  const { rate } = await load(clients.length, async () => {
    const client = idle.pop() as pg.Client;
    if (events > 1) await client.query('begin');
    for (let i = 0; i < events; i += 1) await one(client);
    if (events > 1) await client.query('commit');
    idle.push(client);
    return events;
  });
  return rate;
};
const bareInsert = ({ bare, server, dir }: Bench, events: number): Promise<number> => (PGBENCH ? pgbench(server.url('wide'), dir, events) : fromNode(bare, events));

const copyIn = async (database: Database): Promise<number> => {
  const rows = Array.from({ length: 20_000 }, (_, i) => {
    const e = event(i);
    return [1, (serial += 1), randomUUID(), 1, e.type, e.data, origin];
  });
  const begun = performance.now();
  await database.transaction((tx) => tx.copy('bare', ['lane', 'position', 'stream', 'version', 'type', 'data', 'meta'], rows));
  return (rows.length * 1000) / (performance.now() - begun);
};

const LIMIT = PGBENCH ? '16 clients of pgbench, prepared INSERTs' : '16 clients in Node, prepared INSERTs';
const single = async (bench: Bench): Promise<BenchRow[]> => {
  const rows: BenchRow[] = [];
  for (const [callers, target] of [[16, 1.2], [64, 2], [256, 2]] as const) {
    let times: number[] = [];
    const compared = await compare(ROUNDS, async () => {
      const measured = await load(callers, () => bench.store.append(command(1)).then(() => 1));
      times = [...times, ...measured.times];
      return measured.rate;
    }, () => bareInsert(bench, 1));
    rows.push({ name: `append, 1 event a command, ${callers} callers, against ${LIMIT}`, unit: 'events/s', ...compared, target, better: 'higher' });
    if (callers === 64) rows.push({ name: 'append, 64 callers, p99', unit: 'ms', ours: quantile(times, 0.99), limit: null, ratio: null, target: 10, better: 'lower' });
  }
  return rows;
};

const many = async (bench: Bench): Promise<BenchRow[]> => {
  const { store, wide, database } = bench;
  const ten = await compare(ROUNDS, async () => (await load(16, () => store.append(command(10)).then(() => 10))).rate, () => bareInsert(bench, 10));
  const thousand = await compare(ROUNDS, async () => (await load(64, () => wide.append(command(10)).then(() => 10))).rate, () => copyIn(database));
  return [
    { name: `append, 10 events a command, 16 callers, against ${LIMIT}`, unit: 'events/s', ...ten, target: 1.1, better: 'higher' },
    { name: 'append, 1000 events over 100 streams in flight, 4 lanes, against COPY', unit: 'events/s', ...thousand, target: 0.7, better: 'higher' },
  ];
};

const EVENTS = 1_000_000;
const reading = async ({ wide, server, database }: Bench): Promise<BenchRow[]> => {
  await database.query(`insert into es.events select 0, g + (select coalesce(max(position), 0) from es.events where lane = 0), 'tail-' || g, 1, 'FarmerBindingActivated', 1, '2022-03-01', e.data, e.origin, e.recorded_at
    from generate_series(1, ${EVENTS}) g, (select data, origin, recorded_at from es.events limit 1) e`);
  const client = new pg.Client({ connectionString: server.url('wide') });
  await client.connect();
  const [{ n = 0 } = {}] = (await database.query<{ n: number }>('select count(*) n from es.events where lane = 0')).rows;
  const compared = await compare(ROUNDS, async () => {
    const begun = performance.now();
    let events = 0;
    for await (const page of wide.tail(0, 0)) events += page.length;
    return (events * 1000) / (performance.now() - begun);
  }, async () => {
    const begun = performance.now();
    const stream = client.query(copyTo('copy (select * from es.events where lane = 0 order by position) to stdout'));
    for await (const chunk of stream) void chunk;
    return (n * 1000) / (performance.now() - begun);
  });
  await client.end();
  return [{ name: `tail of ${n.toLocaleString('en')} events against COPY TO`, unit: 'events/s', ...compared, target: 0.7, better: 'higher' }];
};

/** The event store against the bare database of the same server. */
export const run = async (): Promise<BenchRow[]> => {
  const dir = dataDirectory('shuangbang-bench');
  const server = await startEmbedded({ dir });
  const [one, four] = [openDatabase(await server.ensureDatabase('one')), openDatabase(await server.ensureDatabase('wide'))];
  const store = await openEventStore({ database: one, service: 'bench', lanes: 1 });
  const wide = await openEventStore({ database: four, service: 'bench', lanes: 4 });
  await four.query('create table bare (lane smallint, position bigint, stream text, version int, type text, data json, meta json, at timestamptz default now(), primary key (lane, position), unique (stream, version)); create sequence bare_position');
  const bare = Array.from({ length: 16 }, () => new pg.Client({ connectionString: server.url('wide') }));
  for (const client of bare) await client.connect();
  const bench: Bench = { server, store, wide, bare, database: four, dir };
  try {
    return [...(await single(bench)), ...(await many(bench)), ...(await reading(bench))];
  } finally {
    for (const client of bare) await client.end();
    for (const opened of [store, wide, one, four]) await opened.close();
    await server.stop();
    rmSync(dir, { recursive: true, force: true });
  }
};
