/** Rows seen before, by key: of one key are two rows unless both say what sets them apart and it differs. */
export class Earlier {
  private readonly rows = new Map<string, number>();

  /** The earlier row that is the same; none when this is the first of its kind, which is then remembered. */
  sameAs(row: number, key: string, apart: string): number | undefined {
    if (key === '') return undefined;
    const plain = `${key}|`;
    const any = `${key}|*`;
    const same = this.rows.get(plain + apart) ?? this.rows.get(apart === '' ? any : plain);
    if (same !== undefined) return same;
    this.rows.set(plain + apart, row);
    if (apart !== '' && !this.rows.has(any)) this.rows.set(any, row);
    return undefined;
  }
}
