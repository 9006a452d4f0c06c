/**
 * What is kept of a name in a village, the name as `sameName` writes it. In two steps: one word made of both for every row of a large file
 * costs more than the rest of what is done with it.
 */
export class ByPlace<V> {
  private readonly villages = new Map<string, Map<string, V>>();

  get(village: string, name: string): V | undefined {
    return this.villages.get(village)?.get(name);
  }

  set(village: string, name: string, value: V): void {
    const there = this.villages.get(village);
    if (there) there.set(name, value);
    else this.villages.set(village, new Map([[name, value]]));
  }
}
