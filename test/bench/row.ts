/** One line of a benchmark: ours beside the limit measured in the same run. */
export interface BenchRow {
  name: string;
  unit: string;
  ours: number;
  /** What the bare database (or the bare format) did in the same run; null where the target is absolute. */
  limit: number | null;
  /** ours / limit, the median over rounds. */
  ratio: number | null;
  target: number;
  better: 'higher' | 'lower';
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? (sorted[middle] as number) : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
};

export const quantile = (values: readonly number[], q: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] as number;
};

/** Rounds of both, one after the other, so that a noisy minute hits both alike. */
export const compare = async (rounds: number, ours: () => Promise<number>, limit: () => Promise<number>): Promise<{ ours: number; limit: number; ratio: number }> => {
  const pairs: [number, number][] = [];
  for (let i = 0; i < rounds; i += 1) pairs.push([await ours(), await limit()]);
  return { ours: median(pairs.map(([a]) => a)), limit: median(pairs.map(([, b]) => b)), ratio: median(pairs.map(([a, b]) => a / b)) };
};
