import { byVillage } from './ledger.js';
import { askedOf, periodOf, type Question } from './question.js';
import { seenThrough } from './visible.js';
import { NO_UNIT } from './token.js';
import type { Tree, Unit } from './tree.js';

/** Days on which every village falls to one and the same unit; of a stock all there are. */
interface Stretch {
  readonly days: { readonly from: number; readonly to: number } | null;
  readonly units: readonly Unit[];
  /** Id of the unit, by village. */
  readonly unitOf: ReadonlyMap<string, string>;
}

/** The units right below a region on a day, or its villages; of a village, itself. */
const unitsBelow = (tree: Tree, region: string | null, { day, depth }: { day: number; depth: Depth }): readonly Unit[] => {
  const unit = region === null ? undefined : tree.unit(region, day);
  if (region !== null && (!unit || unit.level === 'VILLAGE')) return unit ? [unit] : [];
  const below = unit ? tree.children(unit.id, day) : tree.roots(day);
  return depth === 'regions' ? below : below.flatMap(({ id }) => tree.villages(id, day)).flatMap((id) => tree.unit(id, day) ?? []);
};

export type Depth = 'regions' | 'village';

const stretchOn = ({ key, ledger: { tree } }: Question, day: number, { depth, days }: { depth: Depth; days: Stretch['days'] }): Stretch => {
  const units = unitsBelow(tree, key.region, { day, depth });
  return { days, units, unitOf: new Map(units.flatMap(({ id }) => tree.villages(id, day).map((village) => [village, id]))) };
};

const alike = (a: Stretch, b: Stretch): boolean =>
  a.units.length === b.units.length && a.units.every(({ id }, i) => id === b.units[i]?.id) && a.unitOf.size === b.unitOf.size && [...a.unitOf].every(([village, unit]) => b.unitOf.get(village) === unit);

/** A period is cut on the days on which a village or a unit comes, goes or moves there. */
const stretchesOf = (question: Question, depth: Depth): readonly Stretch[] => {
  const period = periodOf(question);
  if (period === null) return [stretchOn(question, question.key.asOf, { depth, days: null })];
  const cuts = [period.from, ...question.ledger.tree.changes.filter((day) => day > period.from && day <= period.to)];
  const all = cuts.map((from) => stretchOn(question, from, { depth, days: { from, to: period.to } }));
  const kept = all.filter((stretch, i) => i === 0 || !alike(all[i - 1] as Stretch, stretch));
  return kept.map((stretch, i) => ({ ...stretch, days: { from: stretch.days?.from ?? period.from, to: (kept[i + 1]?.days?.from ?? period.to + 1) - 1 } }));
};

/** A unit, what fell to it, and what it had to lie within for that: see `FigureKey`. */
export interface RegionPart {
  readonly unit: Unit;
  readonly within: string | null;
  readonly value: number;
}
export interface Told {
  readonly parts: readonly RegionPart[];
  /** What lay in no unit on its day: told apart of all there is only. */
  readonly nowhere: number;
}

/** What fell to each unit and to none ({@link NO_UNIT}), from one state of the ledger. */
const sumsOf = async (question: Question, stretches: readonly Stretch[]): Promise<ReadonlyMap<string, number>> => {
  const { ledger, key } = question;
  const sums = new Map<string, number>();
  const add = (stretch: Stretch | undefined, village: string, n: number): void => {
    const unit = stretch?.unitOf.get(village) ?? NO_UNIT;
    sums.set(unit, (sums.get(unit) ?? 0) + n);
  };
  const asked = stretches.map((stretch) => ({ stretch, slices: askedOf(question, stretch.days).slices }));
  const slices = asked.flatMap((one) => one.slices.map((slice) => ({ ...slice, stretch: one.stretch })));
  for (const { slice, village, n } of await byVillage(ledger.sql, ledger.schema, { ...askedOf(question), slices })) add(slices[slice]?.stretch, village, n);
  const on = (day: number): Stretch | undefined => stretches.findLast(({ days }) => days === null || days.from <= day);
  for await (const { entry } of seenThrough(question, key)) add(on(entry.cohort ?? key.asOf), entry.village, entry.value);
  return sums;
};

/** The figure told apart by the units below. A period figure has a part for every unit that lay there on some of its days. */
export const partsByUnit = async (question: Question, depth: Depth): Promise<Told> => {
  const { key, ledger: { tree } } = question;
  const stretches = stretchesOf(question, depth);
  const sums = await sumsOf(question, stretches);
  const ids = new Set(stretches.flatMap(({ units }) => units.map(({ id }) => id)));
  const always = (id: string): boolean => stretches.every(({ units }) => units.some((unit) => unit.id === id));
  const above = depth === 'village' ? key.region : (key.region ?? NO_UNIT);
  const parts = [...ids].flatMap((id): RegionPart[] => {
    const unit = tree.known(id, key.asOf);
    return unit ? [{ unit, within: id === key.region || always(id) ? null : above, value: sums.get(id) ?? 0 }] : [];
  });
  return { parts: parts.sort((a, b) => a.unit.code.localeCompare(b.unit.code)), nowhere: sums.get(NO_UNIT) ?? 0 };
};
