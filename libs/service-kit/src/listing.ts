import { type Scope, scopeFilter } from '#auth';
import type { Sql } from '#decider';
import { type Page, pageOf, type Paged } from './paging.js';

/** A list under construction: conditions with their values, always within the caller's scope. */
export class Listing {
  private readonly values: unknown[] = [];
  private readonly conditions: string[] = [];

  /** The place (`$3`) of a value. */
  value(value: unknown): string {
    return `$${this.values.push(value)}`;
  }

  /** Adds a condition on a value that was given; `undefined` was not. */
  where(given: unknown, condition: (place: string) => string): this {
    if (given !== undefined && given !== '') this.conditions.push(condition(this.value(given)));
    return this;
  }

  /** Text search over columns, parts of words included. */
  search(text: string | undefined, ...columns: readonly string[]): this {
    const pattern = text === undefined ? undefined : `%${text.replace(/[\\%_]/g, '\\$&')}%`;
    return this.where(pattern, (place) => `(${columns.map((column) => `${column} ilike ${place}`).join(' or ')})`);
  }

  /** Keeps what the caller may see; columns that say where a row lies. */
  within(scope: Scope, columns: { village?: string; cooperative?: string; enterprise?: string }): this {
    const { sql, values } = scopeFilter(scope, columns, this.values.length + 1);
    this.values.push(...values);
    this.conditions.push(`(${sql})`);
    return this;
  }

  /**
   * One page of `rows` (a SELECT with a unique column `key`) in the order of the key; the first page tells the total.
   * The conditions see the columns that `rows` gives out. Planned for its values: a scope may be one village or a district.
   */
  async page<Row extends object>(db: Sql, rows: string, key: keyof Row & string, { limit, after }: Paged): Promise<Page<Row>> {
    const where = this.conditions.join(' and ') || 'true';
    const values = [...this.values];
    const beyond = after === undefined ? 'true' : `"${key}" > $${values.push(after)}`;
    const found = await db.query<Row>(
      `select * from (${rows}) as listed where ${where} and ${beyond} order by "${key}" limit $${values.push(limit + 1)}`,
      values,
      'for-values',
    );
    const page = pageOf(found.rows, limit, (row) => String(row[key]));
    if (after !== undefined) return page;
    const counted = await db.query<{ n: number }>(`select count(*) as n from (${rows}) as listed where ${where}`, this.values, 'for-values');
    return { ...page, total: counted.rows[0]?.n ?? 0 };
  }
}
