import { NO_UNIT } from './token.js';
import type { Tree } from './tree.js';

/** Cohort days, both inclusive, and the villages that count on them; null: all villages there are. */
export interface Slice {
  readonly villages: readonly string[] | null;
  readonly from: number;
  readonly to: number;
}

/** A region, and within what: see `FigureKey`. */
export interface Region {
  readonly tree: Tree;
  readonly region: string | null;
  readonly within: string | null;
}
export interface Where extends Region {
  /** Regions whose villages the caller may see; null: all. */
  readonly granted: readonly string[] | null;
}

const liesWithin = (tree: Tree, region: string, { within, day }: { within: string | null; day: number }): boolean =>
  within === null || (within === NO_UNIT ? tree.isRoot(region, day) : tree.within(region, within, day));

/** Whether a village lies in the region on a day. */
export const inRegion = ({ tree, region, within }: Region, { village, day }: { village: string; day: number }): boolean => {
  if (region === null) return within === null || !tree.unit(village, day);
  return tree.within(village, region, day) && liesWithin(tree, region, { within, day });
};

/** Its villages on a day; null: all there are. */
const villagesOn = ({ tree, region, within }: Region, day: number): readonly string[] | null => {
  if (region === null) return within === null ? null : tree.nowhere(day);
  return liesWithin(tree, region, { within, day }) ? tree.villages(region, day) : [];
};

/** Villages of the region that may be seen on that day; null: all there are. */
export const seenOn = (where: Where, day: number): readonly string[] | null => {
  const { tree, granted } = where;
  const may = granted && new Set(granted.flatMap((one) => tree.villages(one, day)));
  const villages = villagesOn(where, day);
  if (villages === null) return may && [...may];
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
