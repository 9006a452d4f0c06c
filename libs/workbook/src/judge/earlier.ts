/** Rows seen before, by key: of one key are two rows unless both say what sets them apart and it differs. */
export class Earlier {
  /** By key: the first row that does not say what sets it apart. */
  private readonly plain = new Map<string, number>();
  /** By key: the first row that does. */
  private readonly first = new Map<string, number>();
  /** By key and what sets it apart. */
  private readonly apart = new Map<string, number>();

  /** The earlier row that is the same; none when this is the first of its kind, which is then remembered. */
  sameAs(row: number, key: string, apart: string): number | undefined {
    if (key === '') return undefined;
    const same = apart === '' ? (this.plain.get(key) ?? this.first.get(key)) : (this.apart.get(`${key}|${apart}`) ?? this.plain.get(key));
    if (same === undefined) this.remember(row, key, apart);
    return same;
  }

  private remember(row: number, key: string, apart: string): void {
    if (apart === '') return void this.plain.set(key, row);
    this.apart.set(`${key}|${apart}`, row);
    if (!this.first.has(key)) this.first.set(key, row);
  }
}
