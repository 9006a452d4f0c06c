import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Grant } from '#auth';
import { type Embedded, openDatabase, startEmbedded } from '#postgres';
import { type InjectedAnswer, run, type Running } from '#service-kit';
import { farmer, mengjinRegions } from '../apps/farmer/src/service.js';
import { dataDirectory } from './infra/data-directory.js';

export const [BAILU, XISHANTOU] = ['r-410308103210', 'r-410308103204'];

const ACCOUNTS: Readonly<Record<string, Grant>> = {
  everywhere: { role: 'DISTRICT_OFFICIAL' },
  district: { role: 'DISTRICT_OFFICIAL', region: 'r-410308' },
  bailu: { role: 'VILLAGE_OFFICIAL', region: BAILU },
  xishantou: { role: 'VILLAGE_OFFICIAL', region: XISHANTOU },
  manager: { role: 'COOPERATIVE_MANAGER', cooperative: 'c-1' },
};

/** The farmer service on a PostgreSQL of its own, with the regions of 孟津区 in it, in July 2022. */
export class FarmerTrial {
  private now = Date.parse('2022-07-20T10:00:00+08:00');
  private readonly tokens = new Map<string, string>();
  private at: readonly string[] = [];
  private readonly dataDir = dataDirectory('farmer');
  private postgres: Embedded;
  private system: Running;

  static async start(): Promise<FarmerTrial> {
    const trial = new FarmerTrial();
    const { dataDir } = trial;
    trial.postgres = await startEmbedded({ dir: join(dataDir, 'postgres') });
    trial.system = await run([farmer], { clock: { now: () => trial.now }, port: 0, dataDir, databaseUrl: trial.postgres.url(), log: false, rateLimit: 0, allowTestId: true });
    for (const [id, grant] of Object.entries(ACCOUNTS)) trial.tokens.set(id, await trial.system.tokenFor({ id, name: id, grants: [grant] }));
    for (const { path, input } of mengjinRegions()) await trial.give(path.replace('/farmer', ''), input, 'everywhere');
    return trial;
  }

  async stop(): Promise<void> {
    await this.system?.stop();
    await this.postgres?.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  send(as: string, method: 'GET' | 'POST', path: string, payload?: object): Promise<InjectedAnswer> {
    const waiting = method === 'GET' && this.at.length > 0 ? `${path.includes('?') ? '&' : '?'}at=${this.at.join(',')}` : '';
    return this.system.inject({ method, url: `/farmer${path}${waiting}`, headers: { authorization: `Bearer ${this.tokens.get(as)}`, 'idempotency-key': randomUUID() }, payload });
  }

  /** Gives a command that must be accepted, and lets later questions wait for it. */
  async give(path: string, payload: object, as = 'district'): Promise<InjectedAnswer['body']> {
    this.now += 1000;
    const answer = await this.send(as, 'POST', path, payload);
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    this.at = answer.body.at;
    return answer.body;
  }

  async ask(path: string, as = 'district'): Promise<InjectedAnswer['body']> {
    return (await this.send(as, 'GET', path)).body;
  }

  /** Status and code of a command that must not be accepted. */
  async refused(path: string, payload: object, as = 'district'): Promise<[number, string]> {
    const { status, body } = await this.send(as, 'POST', path, payload);
    return [status, body.code];
  }

  /** Every row of every table of the service, as text. */
  async everythingStored(): Promise<string> {
    const server = openDatabase(this.postgres.url());
    const { rows } = await server.query<{ datname: string }>("select datname from pg_database where datname like '%farmer'");
    await server.close();
    const db = openDatabase(this.postgres.url(rows[0]?.datname));
    const tables = await db.query<{ name: string }>(
      "select format('%I.%I', table_schema, table_name) as name from information_schema.tables where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')",
    );
    const texts = await Promise.all(tables.rows.map(({ name }) => db.query<{ text: string }>(`select coalesce(string_agg(one::text, ' '), '') as text from ${name} one`)));
    await db.close();
    return texts.map((text) => text.rows[0]?.text ?? '').join(' ');
  }
}
