import type { Sql } from '#decider';
import type { Tx } from '#postgres';
import { TOTAL } from './tables.js';

/** Numbers for measures, groups and villages. */
export class Words {
  private readonly ids = new Map([['', TOTAL]]);
  private added: (readonly [number, string, boolean])[] = [];

  async load(sql: Sql, schema: string): Promise<void> {
    const { rows } = await sql.query<{ id: number; word: string }>(`select id, word from ${schema}.words`);
    for (const { id, word } of rows) this.ids.set(word, id);
  }

  id(word: string): number {
    return this.ids.get(word) ?? this.add(word, false);
  }

  village(word: string): number {
    return this.ids.get(word) ?? this.add(word, true);
  }

  private add(word: string, village: boolean): number {
    const id = this.ids.size;
    this.ids.set(word, id);
    this.added.push([id, word, village]);
    return id;
  }

  /** Writes the words that are new. */
  async keep(tx: Tx, schema: string): Promise<void> {
    const added = this.added;
    this.added = [];
    if (added.length > 0) await tx.copy(`${schema}.words`, ['id', 'word', 'village'], added);
  }
}
