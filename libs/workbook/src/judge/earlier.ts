/** Rows seen before, by key: of one key are two rows unless both say what sets them apart and it differs. */
export class Earlier {
  private readonly rows = new Map<string, number>();

  /** The earlier row that is the same; none when this is the first of its kind, which is then remembered. */
  sameAs(row: number, key: string, apart: string): number | undefined {
    if (key === '') return undefined;
    const same = apart === '' ? (this.rows.get(key) ?? this.rows.get(`${key}|*`)) : (this.rows.get(`${key}|${apart}`) ?? this.rows.get(key));
    if (same === undefined) this.remember(row, key, apart);
    return same;
  }

  private remember(row: number, key: string, apart: string): void {
    this.rows.set(apart === '' ? key : `${key}|${apart}`, row);
    if (apart !== '' && !this.rows.has(`${key}|*`)) this.rows.set(`${key}|*`, row);
  }
}
