import { RECOGNITION_LEVELS } from '#contracts';
import type { Told } from './told.js';

/** An organisation's eyes, or a figure asked through one: the bindings with these cooperatives, and through these enterprises. */
export interface Through {
  readonly cooperatives: ReadonlySet<string>;
  readonly enterprises: ReadonlySet<string>;
}
/** Through whom, what and how a figure is asked; all of `through` must agree. */
export interface Lens {
  readonly through: readonly Through[];
  readonly linkage?: string;
  readonly crop?: string;
}
export const WHOLE: Lens = { through: [] };

interface Dated {
  readonly from: string;
}
interface Period extends Dated {
  readonly to: string | null;
}

/** The world at the end of one day, as it had been told by then. Days are `YYYY-MM-DD`, compared as they are written. */
export class World {
  private readonly days = new Map<string, World>();

  constructor(
    readonly told: Told,
    readonly day: string,
  ) {}

  on(day: string): World {
    const other = day === this.day ? this : (this.days.get(day) ?? new World(this.told, day));
    this.days.set(day, other);
    return other;
  }

  today = <P extends Period>({ from, to }: P): boolean => from <= this.day && (to === null || this.day < to);

  /** The last of the statements made for this day or earlier ones. */
  latest<D extends Dated>(statements: readonly D[]): D | undefined {
    return statements.filter(({ from }) => from <= this.day).reduce<D | undefined>((last, one) => (last && last.from > one.from ? last : one), undefined);
  }

  home(householdId: string): string | undefined {
    return this.latest(this.told.of('homes').filter((one) => one.householdId === householdId))?.villageId;
  }

  standing(householdId: string): { resident: boolean; eligible: boolean } | undefined {
    return this.latest(this.told.of('standings').filter((one) => one.householdId === householdId));
  }

  /** How many persons belong to the household today. */
  persons(householdId: string): number {
    const all = Map.groupBy(this.told.of('placements'), ({ personId }) => personId);
    return [...all.values()].filter((placements) => this.latest(placements)?.householdId === householdId).length;
  }

  parcel(parcelId: string): { villageId: string; area: number } | undefined {
    return this.latest(this.told.of('measures').filter((one) => one.parcelId === parcelId));
  }

  seat(cooperativeId: string): string | undefined {
    return this.latest(this.told.of('seats').filter((one) => one.cooperativeId === cooperativeId))?.villageId;
  }

  makes(cooperativeId: string): readonly string[] {
    return this.latest(this.told.of('products').filter((one) => one.cooperativeId === cooperativeId))?.products ?? [];
  }

  isRegistered(cooperativeId: string): boolean {
    return this.told.of('registrations').some((one) => one.cooperativeId === cooperativeId && this.today(one));
  }

  operatesNormally(cooperativeId: string): boolean {
    const stated = this.latest(this.told.of('operations').filter((one) => one.cooperativeId === cooperativeId));
    return this.isRegistered(cooperativeId) && (stated === undefined || stated.operation === 'NORMAL');
  }

  enterprise(enterpriseId: string): { villageId: string } | undefined {
    return this.told.of('enterprises').find((one) => one.enterpriseId === enterpriseId && this.today(one));
  }

  /** The highest level at which a registered enterprise is recognised today. */
  leads(enterpriseId: string): string | undefined {
    const levels = this.told.of('recognitions').filter((one) => one.enterpriseId === enterpriseId && this.today(one)).map(({ level }) => level);
    return this.enterprise(enterpriseId) && RECOGNITION_LEVELS.find((level) => levels.includes(level));
  }

  /** Bindings of cooperatives with enterprises today, as far as the first `eyes` see. */
  links({ through }: Lens, eyes = through.length) {
    const seen = through.slice(0, eyes);
    return this.told.of('links').filter((one) => this.today(one) && seen.every(({ cooperatives, enterprises }) => cooperatives.has(one.cooperativeId) || enterprises.has(one.enterpriseId)));
  }

  /** Those with a leading enterprise. */
  chains(lens: Lens) {
    return this.links(lens).filter(({ enterpriseId }) => this.leads(enterpriseId) !== undefined);
  }

  /** Whether what concerns this cooperative is seen: by its name, or as it is bound today to one of the enterprises. */
  sees(lens: Lens, cooperativeId: string): boolean {
    return lens.through.every(({ cooperatives, enterprises }, i) => cooperatives.has(cooperativeId) || this.links(lens, i).some((link) => link.cooperativeId === cooperativeId && enterprises.has(link.enterpriseId)));
  }

  /** Claims seen and in force today, whatever becomes of their bindings. */
  private claimsToday(lens: Lens) {
    return this.told.of('claims').filter((one) => this.today(one) && this.sees(lens, one.cooperativeId) && fits(lens.linkage, one.linkage) && fits(lens.crop, one.crop));
  }

  /** Bindings of today in whatever state, so far as they are seen. */
  boundSomehow(lens: Lens) {
    const rests = lens.crop === undefined ? null : new Set(this.claimsToday(lens).map(({ bindingId }) => bindingId));
    return this.told.of('bindings').filter((one) => this.today(one) && this.sees(lens, one.cooperativeId) && fits(lens.linkage, one.linkage) && (rests === null || rests.has(one.factId)));
  }

  /** 有效绑定: admitted, and with a registered cooperative. */
  bindings(lens: Lens) {
    return this.boundSomehow(lens).filter(({ state, cooperativeId }) => (state === 'ACTIVE' || state === 'ENDED') && this.isRegistered(cooperativeId));
  }

  /** Land that these bindings rest on. */
  claims(lens: Lens) {
    const bindings = new Set(this.bindings(lens).map(({ factId }) => factId));
    return this.claimsToday(lens).filter(({ bindingId }) => bindings.has(bindingId));
  }

  /** Whether the two have a contract in the calendar year of today. */
  haveContract(cooperativeId: string, enterpriseId: string): boolean {
    const [first, next] = [`${this.day.slice(0, 4)}-01-01`, `${Number(this.day.slice(0, 4)) + 1}-01-01`];
    return this.told.of('contracts').some((one) => one.cooperativeId === cooperativeId && one.enterpriseId === enterpriseId && one.from < next && (one.to === null || one.to > first));
  }

  /** The village and the units above it today, as far up as they are there. */
  way(village: string): readonly string[] {
    const way: string[] = [];
    for (let id: string | null = village; id !== null; ) {
      const at: string = id;
      const unit = this.latest(this.told.of('regions').filter((one) => one.regionId === at));
      if (!unit) break;
      way.push(at);
      id = unit.parentId;
    }
    return way;
  }

  /** Whether a village lay in this unit today. */
  lies(village: string, regionId: string): boolean {
    return this.way(village).includes(regionId);
  }
}

export const fits = (asked: string | undefined, said: string): boolean => asked === undefined || asked === said;
