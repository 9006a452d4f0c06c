import { type FactKind, versionOf } from '#contracts';
import type { RecordedEvent, Sql } from '#decider';

export interface FactTableOptions {
  readonly fact: FactKind;
  readonly table: string;
  /** Column → [SQL type, attribute of the fact]. */
  readonly columns: Readonly<Record<string, readonly [type: string, attribute: string]>>;
  /** Column lists to index. */
  readonly indexes?: readonly string[];
}

/**
 * The latest version of every fact of one kind, one row a key: `id`, `valid_from`, `valid_to` (half-open; null while open),
 * `voided`, `event_id` of the version, and the columns asked for.
 */
export interface FactTable {
  ddl(schema: string): string;
  /** Folds the events of this kind among those given; the others are left alone. */
  fold(events: readonly RecordedEvent[], context: { readonly db: Sql; readonly schema: string }): Promise<void>;
}

const FIXED = { id: 'text', valid_from: 'date', valid_to: 'date', voided: 'boolean', event_id: 'text' } as const;

export const factTable = ({ fact, table, columns, indexes = [] }: FactTableOptions): FactTable => {
  const types: Readonly<Record<string, string>> = { ...FIXED, ...Object.fromEntries(Object.entries(columns).map(([name, [type]]) => [name, type])) };
  const names = Object.keys(types);
  const definitions = names.map((name) => `${name} ${types[name]}${name === 'id' ? ' primary key' : ''}`).join(', ');
  const rowOf = (event: RecordedEvent) => {
    const version = versionOf(fact, event.type, event.data as Record<string, unknown>);
    const own = Object.entries(columns).map(([name, [, attribute]]) => [name, version.attributes[attribute] ?? null]);
    return { id: version.key, valid_from: version.from, valid_to: version.to, voided: version.voided, event_id: event.id, ...Object.fromEntries(own) };
  };
  return {
    ddl: (schema) =>
      [`create table ${schema}.${table} (${definitions})`, ...indexes.map((on) => `create index on ${schema}.${table} (${on})`)].join(';\n'),
    fold: async (events, { db, schema }) => {
      // A fact lives on one stream, so the last version in a batch is the latest one.
      const rows = new Map(events.filter(({ type }) => type in fact.effects).map((event) => rowOf(event)).map((row) => [row.id, row]));
      if (rows.size === 0) return;
      await db.query(
        `insert into ${schema}.${table} (${names.join(', ')})
         select ${names.join(', ')} from jsonb_to_recordset($1::jsonb) as given(${names.map((name) => `${name} ${types[name]}`).join(', ')})
         on conflict (id) do update set ${names.filter((name) => name !== 'id').map((name) => `${name} = excluded.${name}`).join(', ')}`,
        [JSON.stringify([...rows.values()])],
      );
    },
  };
};
