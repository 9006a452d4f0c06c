import type { Sql, View } from '#decider';
import { migrate, type Database, type Tx } from '#postgres';
import type { GenerationState, Halt, Hosted } from './hosted.js';
import { isReaction } from './hosted.js';
import { CollectGenerations1669000000000, CreateViews1668000000000 } from './migration.js';

export interface GenerationRow {
  readonly view: string;
  readonly generation: number;
  readonly version: number;
  readonly state: GenerationState;
  /** Batches are kept for {@link Registry.complete}, not folded. */
  readonly collecting: boolean;
}
export interface CheckpointRow {
  readonly service: string;
  readonly lane: number;
  readonly position: number;
  readonly completeTo: number | null;
}
export interface Intervention {
  readonly action: 'retry' | 'skip';
  readonly reason: string;
  readonly actor: string;
}

/** A decision to go on without an event, and the generation it was made in. */
export interface Skip {
  readonly reason: string;
  readonly actor: string;
  readonly generation: number;
}

export const schemaOf = ({ view, generation }: Pick<GenerationRow, 'view' | 'generation'>): string =>
  `view_${view.toLowerCase().replace(/[^a-z0-9]+/g, '_')}_g${generation}`;

const versionOf = (hosted: Hosted): number => (isReaction(hosted) ? 1 : hosted.version);

/** The tables in schema `views`, in this service's own database. */
export class Registry {
  constructor(readonly database: Database) {}

  async prepare(): Promise<void> {
    await migrate(this.database.url, [CreateViews1668000000000, CollectGenerations1669000000000], { table: 'views_migrations' });
    const { rows } = await this.database.query<GenerationRow>(`select view, generation, version, state, collecting from views.generations where state = 'retired'`);
    for (const row of rows) await this.drop(row);
  }

  /** The generations of a view to run with today's version of it; the first one is live at once, a later one is built beside. */
  open(hosted: Hosted): Promise<GenerationRow[]> {
    const version = versionOf(hosted);
    return this.database.transaction(async (tx) => {
      const rows = await this.lockAll(tx, hosted.name);
      const live = rows.find(({ state }) => state === 'live');
      if (!live) return [await this.create(tx, hosted, 'live')];
      const building = rows.find((row) => row.state === 'building' && row.version === version);
      // A newer version's is left alone: its process may be at work beside this one.
      for (const row of rows) if (row.state === 'building' && row.version < version) await this.mark(tx, row, 'retired');
      if (building) return [live, building];
      return live.version === version ? [live] : [live, await this.create(tx, hosted, 'building')];
    });
  }

  /** One more generation of the same version, to be built beside the live one; the one being built already, if there is one. */
  begin(hosted: Hosted): Promise<GenerationRow> {
    const version = versionOf(hosted);
    return this.database.transaction(async (tx) => {
      const building = (await this.lockAll(tx, hosted.name)).find((row) => row.state === 'building' && row.version === version);
      return building ?? this.create(tx, hosted, 'building');
    });
  }

  /** Makes the tables of what was collected, in one transaction; folds wait. */
  complete(row: GenerationRow, { build }: View<Tx>): Promise<void> {
    return this.database.transaction(async (tx) => {
      const { rows } = await tx.query<{ collecting: boolean }>('select collecting from views.generations where view = $1 and generation = $2 for update', [row.view, row.generation]);
      if (!rows[0]?.collecting || !build) return;
      await build.complete({ db: tx, schema: schemaOf(row) });
      await tx.query('update views.generations set collecting = false where view = $1 and generation = $2', [row.view, row.generation]);
    });
  }

  /** Gives up what was collected and begins a generation that is folded from the start. */
  async beginPlainly(collected: GenerationRow, hosted: Hosted): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.lockAll(tx, hosted.name);
      await this.mark(tx, collected, 'retired');
      await this.create(tx, hosted, 'building', { plainly: true });
    });
  }

  /** Every generation that is live or being built, by whichever process. */
  async current(): Promise<GenerationRow[]> {
    const { rows } = await this.database.query<GenerationRow>(
      `select view, generation, version, state, collecting from views.generations where state <> 'retired' order by generation`,
    );
    return rows;
  }

  private async lockAll(tx: Tx, view: string): Promise<GenerationRow[]> {
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 7))', [`views.${view}`]);
    const { rows } = await tx.query<GenerationRow>(
      `select view, generation, version, state, collecting from views.generations where view = $1 and state <> 'retired' order by generation for update`,
      [view],
    );
    return rows;
  }

  private async create(tx: Tx, hosted: Hosted, state: GenerationState, { plainly = false } = {}): Promise<GenerationRow> {
    const build = isReaction(hosted) || state === 'live' || plainly ? undefined : hosted.build;
    const { rows } = await tx.query<GenerationRow>(
      `insert into views.generations (view, generation, version, state, collecting)
       select $1, coalesce(max(generation), 0) + 1, $2, $3, $4 from views.generations where view = $1
       returning view, generation, version, state, collecting`,
      [hosted.name, versionOf(hosted), state, build !== undefined],
    );
    const row = rows[0] as GenerationRow;
    if (!isReaction(hosted)) await tx.query(`create schema ${schemaOf(row)}; ${(build ?? hosted).tables(schemaOf(row))}`);
    return row;
  }

  async mark(sql: Sql, { view, generation }: GenerationRow, state: GenerationState): Promise<void> {
    await sql.query('update views.generations set state = $3 where view = $1 and generation = $2', [view, generation, state]);
  }

  /** The number of a generation is never given again: its row stays. */
  async drop(row: GenerationRow): Promise<void> {
    await this.database.query(`drop schema if exists ${schemaOf(row)} cascade`);
    await this.database.query('delete from views.checkpoints where view = $1 and generation = $2', [row.view, row.generation]);
  }

  async checkpoints(sql: Sql, { view, generation }: Pick<GenerationRow, 'view' | 'generation'>): Promise<CheckpointRow[]> {
    const { rows } = await sql.query<CheckpointRow>(
      `select service, lane, position, complete_to as "completeTo" from views.checkpoints where view = $1 and generation = $2`,
      [view, generation],
    );
    return rows.map((row) => ({ ...row, position: Number(row.position), completeTo: row.completeTo === null ? null : Number(row.completeTo) }));
  }

  async addLanes({ view, generation }: GenerationRow, service: string, lanes: number): Promise<void> {
    await this.database.query(
      `insert into views.checkpoints (view, generation, service, lane)
       select $1, $2, $3, lane from generate_series(0, $4::int - 1) lane on conflict do nothing`,
      [view, generation, service, lanes],
    );
  }

  async keep({ view, generation }: GenerationRow, { service, lane, position, completeTo }: CheckpointRow): Promise<void> {
    await this.database.query(
      `update views.checkpoints set complete_to = greatest(complete_to, $6::bigint)
       where view = $1 and generation = $2 and service = $3 and lane = $4 and position = $5`,
      [view, generation, service, lane, position, completeTo],
    );
  }

  async record({ view, generation }: GenerationRow, halt: Halt, { action, reason, actor }: Intervention): Promise<void> {
    await this.database.query(
      'insert into views.interventions (view, generation, action, event_id, error, reason, actor) values ($1, $2, $3, $4, $5, $6, $7)',
      [view, generation, action, halt.eventId, halt.error, reason, actor],
    );
  }

  /** The latest decision to skip this event, in whichever generation it was made. */
  async skipOf(view: string, eventId: string): Promise<Skip | undefined> {
    const { rows } = await this.database.query<Skip>(
      `select reason, actor, generation from views.interventions where view = $1 and event_id = $2 and action = 'skip' order by id desc limit 1`,
      [view, eventId],
    );
    return rows[0];
  }

  async skipped({ view, generation }: GenerationRow): Promise<number> {
    const { rows } = await this.database.query<{ n: number }>(
      `select count(distinct event_id)::int n from views.interventions where view = $1 and generation = $2 and action = 'skip'`,
      [view, generation],
    );
    return rows[0]?.n ?? 0;
  }
}
