import type { RecordedEvent } from '#decider';
import { FIGURES, type Counted } from './figures.js';
import { Told } from './told.js';
import { WHOLE, World, type Lens, type Through } from './world.js';

/** A figure asked for. */
export interface Asked {
  readonly measure: string;
  /** `dimension=value`; '' is the whole. */
  readonly group: string;
  /** null: wherever. */
  readonly region: string | null;
  /** Only what fell to it while it lay in this unit, '' for none: a part of the figure of that unit. */
  readonly within?: string | null;
  readonly asOf: string;
  /** First day of a period. */
  readonly from: string;
}
/** Who asks: sees these regions whole, and elsewhere what concerns these organisations. null sees everything. */
export type Viewer = (Through & { readonly regions: readonly string[] }) | null;

const nobody: ReadonlySet<string> = new Set();
const lensOf = (group: string): Lens => {
  const [dimension, value = ''] = group.split('=');
  if (dimension === 'cooperative') return { through: [{ cooperatives: new Set([value]), enterprises: nobody }] };
  if (dimension === 'enterprise') return { through: [{ cooperatives: nobody, enterprises: new Set([value]) }] };
  return dimension === 'linkage' || dimension === 'crop' ? { ...WHOLE, [dimension]: value } : WHOLE;
};

/** Answers every figure from the events themselves, counting one by one what a person would count. Slow, and it knows no other way. */
export class Oracle {
  private readonly moments = new Map<number, Told>();
  private readonly worlds = new Map<string, World>();
  private readonly counts = new Map<string, readonly Counted[]>();

  constructor(private readonly events: readonly RecordedEvent[]) {}

  told(knownAt: number): Told {
    const told = this.moments.get(knownAt) ?? new Told(this.events, knownAt);
    this.moments.set(knownAt, told);
    return told;
  }

  world(asOf: string, knownAt: number): World {
    const name = `${asOf} ${knownAt}`;
    const world = this.worlds.get(name) ?? new World(this.told(knownAt), asOf);
    this.worlds.set(name, world);
    return world;
  }

  private all({ measure, group, asOf }: Asked, knownAt: number, eyes?: Through): readonly Counted[] {
    const name = [measure, group, asOf, knownAt, eyes ? [...eyes.cooperatives, ...eyes.enterprises] : ''].join('|');
    const known = this.counts.get(name);
    if (known) return known;
    const lens = lensOf(group);
    const found = FIGURES[measure]?.(this.world(asOf, knownAt), eyes ? { ...lens, through: [eyes, ...lens.through] } : lens) ?? [];
    const told = /^(product|level)=/.test(group) ? group : undefined;
    const counted = found.filter((one) => one.group === told && one.value !== 0);
    this.counts.set(name, counted);
    return counted;
  }

  /** All that counts, one by one. */
  counted(asked: Asked, knownAt: number, viewer: Viewer = null): Counted[] {
    const { region, within = null, asOf, from } = asked;
    const way = ({ village, cohort = asOf }: Counted): readonly string[] => (village === undefined ? [] : this.world(asOf, knownAt).on(cohort).way(village));
    const inside = (one: Counted, id: string): boolean => way(one).includes(id);
    const lay = (one: Counted): boolean => within === null || (within === '' ? way(one).at(-1) === (region ?? undefined) : way(one).indexOf(within) >= way(one).indexOf(region ?? ''));
    const asksFor = (one: Counted): boolean =>
      one.village !== undefined && (one.cohort === undefined || (from <= one.cohort && one.cohort <= asOf)) && (region === null || inside(one, region)) && lay(one);
    if (viewer === null) return this.all(asked, knownAt).filter(asksFor);
    const granted = (one: Counted): boolean => viewer.regions.some((id) => inside(one, id));
    const whole = this.all(asked, knownAt).filter((one) => asksFor(one) && granted(one));
    if (viewer.cooperatives.size + viewer.enterprises.size === 0) return whole;
    return [...whole, ...this.all(asked, knownAt, viewer).filter((one) => asksFor(one) && !granted(one))];
  }

  /** The parts of a figure, each asked for by itself, and what they are. */
  *partsOf(asked: Asked, knownAt: number): Generator<readonly [part: Asked, truth: number]> {
    for (const [unit, truth] of this.parts(asked, knownAt, { by: 'regions' })) yield [{ ...asked, region: unit === '' ? null : unit, within: unit === asked.region ? null : (asked.region ?? '') }, truth];
  }

  /** What fell to each unit below the region asked for, or to each village: one by one by where it lay on its day, '' if in none. */
  parts(asked: Asked, knownAt: number, { viewer = null, by }: { viewer?: Viewer; by: 'regions' | 'village' }): ReadonlyMap<string, number> {
    const sums = new Map<string, number>();
    const unitOf = (way: readonly string[]): string => {
      const below = asked.region === null ? way : way.slice(0, Math.max(1, way.indexOf(asked.region)));
      return (by === 'village' ? below[0] : below.at(-1)) ?? '';
    };
    for (const { village = '', cohort = asked.asOf, value } of this.counted(asked, knownAt, viewer)) {
      const unit = unitOf(this.world(asked.asOf, knownAt).on(cohort).way(village));
      sums.set(unit, (sums.get(unit) ?? 0) + value);
    }
    return sums;
  }

  figure(asked: Asked, knownAt: number, viewer: Viewer = null): number {
    return this.counted(asked, knownAt, viewer).reduce((sum, { value }) => sum + value, 0);
  }
}
