import type { Sql } from '#decider';
import { TOTAL } from '../store/tables.js';
import type { Slice } from './slices.js';

/** One figure asked of the ledger: a measure, a group ('' is the total), and where and when. */
export interface Asked {
  readonly measure: string;
  readonly group: string;
  readonly slices: readonly Slice[];
  readonly asOf: number;
  /** Epoch ms; null: with everything folded so far. */
  readonly knownAt: number | null;
  /** How many villages there are: of most of them the sum is all together without the rest. */
  readonly villages: number;
}

interface Way {
  /** An earlier state is added up from the first line on, not taken back from the last. */
  readonly forwards?: boolean;
  /** Villages are told apart. */
  readonly apart?: boolean;
}

type Kind = 'villages' | 'rest';
interface List {
  readonly kind: Kind;
  readonly villages: readonly string[];
  readonly name: string;
}

/** A statement under construction: its values by place. */
export class Statement {
  readonly values: unknown[] = [];
  private readonly lists: List[] = [];

  constructor(
    readonly schema: string,
    readonly asked: Asked,
    private readonly way: Way = {},
  ) {}

  /** Whether an earlier state is added up from the first line on. */
  get forwards(): boolean {
    return this.way.forwards ?? false;
  }

  /** Whether the sums of all villages together serve better than theirs one by one. */
  together({ villages }: Slice): boolean {
    return !this.way.apart && (villages === null || villages.length * 2 > this.asked.villages);
  }

  put(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }

  word(text: string): string {
    if (text === '') return `${TOTAL}`;
    return `(select id from ${this.schema}.words where word = ${this.put(text)}::text)`;
  }

  /** Joined by hash: to look a village up in an array, a district's of thousands, takes longer than to read the line. */
  villages({ villages }: Slice): string {
    return villages === null ? '' : ` and village in (select id from ${this.list('villages', villages)})`;
  }

  /** All others; what stands nowhere is one of them. */
  rest(villages: readonly string[]): string {
    return ` and village in (select id from ${this.list('rest', villages)})`;
  }

  private list(kind: Kind, villages: readonly string[]): string {
    let list = this.lists.find((one) => one.kind === kind && one.villages === villages);
    if (!list) this.lists.push((list = { kind, villages, name: `${kind}_${this.lists.length}` }));
    return list.name;
  }

  private idsOf({ kind, villages }: List): string {
    const [given, words] = [`${this.put(villages)}::text[]`, `${this.schema}.words`];
    // All words but those of groups, which hold a `=` as no id does.
    if (kind === 'rest') return `select id from ${words} where word not like '%=%' and word <> all(${given})`;
    return `select w.id from unnest(${given}) v (word) join ${words} w using (word)`;
  }

  /** Asks `text`, with the lists of villages that it names. */
  async rows<T>(sql: Sql, text: string): Promise<T[]> {
    const lists = this.lists.map((list) => `${list.name} as materialized (${this.idsOf(list)})`);
    const { rows } = await sql.query<T>(lists.length > 0 ? `with ${lists.join(', ')} ${text}` : text, this.values, 'for-values');
    return rows;
  }

  between(column: string, from: number, to: number): string {
    return `${column} between ${this.put(from)}::int and ${this.put(to)}::int`;
  }
}
