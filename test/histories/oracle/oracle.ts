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
    const { region, asOf, from } = asked;
    const inside = ({ village, cohort = asOf }: Counted, id: string): boolean => village !== undefined && this.world(asOf, knownAt).on(cohort).lies(village, id);
    const asksFor = (one: Counted): boolean =>
      one.village !== undefined && (one.cohort === undefined || (from <= one.cohort && one.cohort <= asOf)) && (region === null || inside(one, region));
    if (viewer === null) return this.all(asked, knownAt).filter(asksFor);
    const granted = (one: Counted): boolean => viewer.regions.some((id) => inside(one, id));
    const whole = this.all(asked, knownAt).filter((one) => asksFor(one) && granted(one));
    if (viewer.cooperatives.size + viewer.enterprises.size === 0) return whole;
    return [...whole, ...this.all(asked, knownAt, viewer).filter((one) => asksFor(one) && !granted(one))];
  }

  figure(asked: Asked, knownAt: number, viewer: Viewer = null): number {
    return this.counted(asked, knownAt, viewer).reduce((sum, { value }) => sum + value, 0);
  }
}
