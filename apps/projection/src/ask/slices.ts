import type { Tree } from './tree.js';

/** Cohort days, both inclusive, and the villages that count on them; null: all villages there are. */
export interface Slice {
  readonly villages: readonly string[] | null;
  readonly from: number;
  readonly to: number;
}

export interface Where {
  readonly tree: Tree;
  readonly region: string | null;
  /** Regions whose villages the caller may see; null: all. */
  readonly granted: readonly string[] | null;
}

/** Villages of the region that may be seen on that day; null: all there are. */
export const seenOn = ({ tree, region, granted }: Where, day: number): readonly string[] | null => {
  const may = granted && new Set(granted.flatMap((one) => tree.villages(one, day)));
  if (region === null) return may && [...may];
  const villages = tree.villages(region, day);
  return may ? villages.filter((village) => may.has(village)) : villages;
};

/** A stock follows the tree on the day asked for. */
export const stockSlice = (where: Where, asOf: number): Slice[] => [{ villages: seenOn(where, asOf), from: -Infinity, to: Infinity }];

const same = (a: readonly string[] | null, b: readonly string[] | null): boolean => a === b || (a !== null && b !== null && a.join() === b.join());

/** A period figure follows the tree as it stood on each cohort day: cut where it changed for this region. */
export const periodSlices = (where: Where, from: number, asOf: number): Slice[] => {
  const cuts = [from, ...where.tree.changes.filter((day) => day > from && day <= asOf)];
  const slices: Slice[] = [];
  cuts.forEach((cut, i) => {
    const slice = { villages: seenOn(where, cut), from: cut, to: (cuts[i + 1] ?? asOf + 1) - 1 };
    const last = slices.at(-1);
    if (last && same(last.villages, slice.villages)) slices[slices.length - 1] = { ...last, to: slice.to };
    else slices.push(slice);
  });
  return slices;
};
