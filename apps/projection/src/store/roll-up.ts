import type { Tx } from '#postgres';

/** Numbers below 2^31 joined by commas: cheap to sort and to split. */
type Sums = Map<string, number>;

const add = (sums: Sums, key: string, delta: number): void => {
  sums.set(key, (sums.get(key) ?? 0) + delta);
};

/** Rows that sum to zero stay: they tell that lines come due on that day. */
const upsert = async (tx: Tx, table: string, names: readonly string[], sums: Sums): Promise<void> => {
  const columns: number[][] = [...names, 'delta'].map(() => []);
  for (const [key, delta] of sums) [...key.split(','), delta].forEach((part, i) => columns[i]?.push(Number(part)));
  await tx.query(
    `insert into ${table} as t (${names.join(', ')}, delta)
     select * from unnest(${columns.map((_, i) => `$${i + 1}::${i < names.length ? 'int' : 'bigint'}[]`).join(', ')})
     on conflict (${names.join(', ')}) do update set delta = t.delta + excluded.delta`,
    columns,
  );
};

/** What a fold adds to the sums of the total at one grain, by village and of all villages together. */
export class RollUp {
  private readonly byVillage: Sums = new Map();
  private readonly everywhere: Sums = new Map();

  constructor(
    private readonly table: 'days' | 'months',
    private readonly time: readonly [valid: string, cohort: string],
  ) {}

  add(key: readonly [measure: number, valid: number, cohort: number], village: number, delta: number): void {
    const text = key.join(',');
    add(this.byVillage, `${text},${village}`, delta);
    add(this.everywhere, text, delta);
  }

  /** How many rows it changes. */
  get size(): number {
    return this.byVillage.size + this.everywhere.size;
  }

  async write(tx: Tx, schema: string): Promise<void> {
    if (this.byVillage.size === 0) return;
    await upsert(tx, `${schema}.${this.table}`, ['measure', ...this.time, 'village'], this.byVillage);
    await upsert(tx, `${schema}.${this.table}_everywhere`, ['measure', ...this.time], this.everywhere);
  }
}
