import type { RecordedEvent } from './event.js';

/** The part of a database connection that a view needs. */
export interface Sql {
  /** @param planned `'for-values'`: anew at every call, where the right plan depends on the values; a plan serves all calls unless told */
  query<Row = Record<string, unknown>>(text: string, values?: readonly unknown[], planned?: 'for-values'): Promise<{ rows: Row[]; rowCount: number | null }>;
}

/** Everything a fold is given: one transaction that also moves the checkpoint. */
export interface FoldContext<Db extends Sql = Sql> {
  readonly db: Db;
  /** The schema of the generation being built; every table of the view lives in it. */
  readonly schema: string;
}

/** New to this view, from one lane or several: those of a lane follow its checkpoint without a hole, in order. */
export interface FoldBatch {
  readonly events: readonly RecordedEvent[];
}

/**
 * A read model: its tables, and how a batch of events is folded into them with set-based SQL.
 * Between lanes and services no order is promised: what cannot be placed yet is kept and placed later.
 */
export interface View<Db extends Sql = Sql> {
  readonly name: string;
  /** A new version builds beside the old one and takes over when it has caught up. */
  readonly version: number;
  /** Names of the services whose events it reads. */
  readonly services: readonly string[];
  /** DDL; `${schema}` is the generation's own schema. */
  tables(schema: string): string;
  fold(batch: FoldBatch, context: FoldContext<Db>): Promise<void>;
  /** A quicker way to make all of it anew. */
  readonly build?: Build<Db>;
  /** Facts for decisions, by kind: rows for the ids asked, in any order; unknown ids are left out. */
  readonly facts?: Readonly<Record<string, FactLookup<Db>>>;
}
/**
 * Builds a generation in two steps instead of fold by fold: every batch is only collected, and once all that was recorded is
 * there the tables are made of it. The outcome must be what the folds would have made, whatever the order of lanes.
 */
export interface Build<Db extends Sql = Sql> {
  /** DDL that collecting needs. */
  tables(schema: string): string;
  collect(batch: FoldBatch, context: FoldContext<Db>): Promise<void>;
  /** Afterwards batches are folded. */
  complete(context: FoldContext<Db>): Promise<void>;
}
export type FactLookup<Db extends Sql = Sql> = (ids: readonly string[], context: FoldContext<Db>) => Promise<ReadonlyMap<string, unknown>>;

export const defineView = <Db extends Sql = Sql>(view: View<Db>): View<Db> => view;
