import { randomUUID } from 'node:crypto';
import type { Tx } from '#postgres';
import { Organisations } from './organisations.js';
import { Words } from './words.js';

export interface Recalled {
  readonly words: Words;
  readonly organisations: Organisations;
  /** Number of this fold: one more than the last. */
  readonly fold: number;
  /** Largest recordedAt folded before. */
  readonly rec: number;
}

/**
 * What the folding process remembers between folds of one generation. Every fold leaves a mark in the tables; where the mark is
 * another one (a restart, another process, a fold rolled back), all is read anew.
 */
export class Memory {
  private mark: string | null = null;
  private schema = '';
  private words = new Words();
  private readonly organisations = new Organisations();

  async recall(tx: Tx, schema: string): Promise<Recalled> {
    const { rows } = await tx.query<{ fold: number; mark: string; rec: number }>(`select fold, mark, rec from ${schema}.head for update`);
    const head = rows[0] ?? { fold: 0, mark: '', rec: 0 };
    if (this.schema !== schema || this.mark !== head.mark) {
      this.words = new Words();
      await this.words.load(tx, schema);
      this.organisations.forget(schema);
    }
    this.schema = schema;
    this.mark = null;
    return { words: this.words, organisations: this.organisations, fold: head.fold + 1, rec: Number(head.rec) };
  }

  /** Ends a fold: from here on the tables and this memory are known to agree, once the transaction is committed. */
  async seal(tx: Tx, schema: string, fold: number, rec: number): Promise<void> {
    const mark = randomUUID();
    await tx.query(`update ${schema}.head set fold = $1, mark = $2, rec = greatest(rec, $3::bigint)`, [fold, mark, rec]);
    this.mark = mark;
  }
}
