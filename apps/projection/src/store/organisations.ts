import type { Sql } from '#decider';
import type { Version } from '../ledger/types.js';
import { Facts } from './facts.js';
import { KINDS_IN_MEMORY, ORGANISATION_KINDS } from './tables.js';
import { readVersions } from './versions.js';

/** Facts about organisations and regions as one reader knows them, by the number of the last fold they come from. */
export class Organisations {
  facts = new Facts();
  private schema = '';
  private upTo = 0;

  /** Reads what later folds have brought; all of it after a rebuild. */
  async catchUp(sql: Sql, schema: string): Promise<Facts> {
    if (this.schema !== schema) this.forget(schema);
    const { rows } = await sql.query<{ fold: number }>(`select fold from ${schema}.head`);
    const fold = rows[0]?.fold ?? 0;
    if (fold > this.upTo) {
      this.facts.addAll(await readVersions(sql, schema, `v.kind in (${KINDS_IN_MEMORY}) and v.fold > $1 and v.fold <= $2`, [this.upTo, fold]));
      this.upTo = fold;
    }
    return this.facts;
  }

  /** What the fold in hand states, before it is committed. */
  learn(versions: readonly Version[], fold: number): void {
    this.facts.addAll(versions.filter(({ kind }) => ORGANISATION_KINDS.includes(kind)));
    this.upTo = fold;
  }

  /** After a fold that was rolled back, nothing it learned is true. */
  forget(schema = ''): void {
    this.schema = schema;
    this.facts = new Facts();
    this.upTo = 0;
  }
}
