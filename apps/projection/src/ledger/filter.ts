import type { Day, Fits, Selection } from './day.js';
import type { Dimension, Filter, Group, Kind, Subject, Version } from './types.js';

/** Facts that name a cooperative by themselves; the others are about the people and the land. */
const OF_COOPERATIVES: ReadonlySet<Kind> = new Set(['binding', 'claim', 'registration', 'seat', 'operation', 'products']);
const OF_BOTH: ReadonlySet<Kind> = new Set(['link', 'contract', 'line', 'delivery']);
const OF_ENTERPRISES: ReadonlySet<Kind> = new Set(['enterprise', 'recognition']);
const OF_CROPS: ReadonlySet<Kind> = new Set(['claim', 'planting', 'line', 'delivery']);

/** Cooperatives linked on this day to an enterprise named. */
const linkedTo = (day: Day, enterprises: ReadonlySet<string>): string[] =>
  day.of('link').filter((link) => enterprises.has(link.attributes.enterpriseId ?? '')).map((link) => link.attributes.cooperativeId ?? '');

const NOTHING: readonly string[] = [];
const named = (id: string | undefined, among: ReadonlySet<string> | undefined): boolean => Boolean(id && among?.has(id));

const fitsOrganisation = (fact: Version, subject: Subject['kind'], filter: Filter, seen: ReadonlySet<string>): boolean => {
  const { cooperativeId, enterpriseId } = fact.attributes;
  if (OF_COOPERATIVES.has(fact.kind)) return named(cooperativeId, seen);
  const ofEnterprise = named(enterpriseId, filter.enterprises);
  if (OF_BOTH.has(fact.kind)) return ofEnterprise || named(cooperativeId, filter.cooperatives);
  // An enterprise is seen as a subject by itself only; as a link of someone's chain its recognition is an attribute.
  return ofEnterprise || !OF_ENTERPRISES.has(fact.kind) || subject !== 'enterprise';
};

/** A binding names no crop: it fits one through the land it claims. */
const bindingsOfCrops = (day: Day, crops: ReadonlySet<string>): string[] =>
  day.of('claim').filter((claim) => crops.has(claim.attributes.crop ?? '')).map((claim) => claim.attributes.bindingId ?? '');

const fitsCrop = (fact: Version, crops: ReadonlySet<string>, bindings: ReadonlySet<string>): boolean => {
  if (fact.kind === 'binding') return bindings.has(fact.key);
  return !OF_CROPS.has(fact.kind) || crops.has(fact.attributes.crop ?? '');
};

const fitsTo = (filter: Filter, subject: Subject['kind'], linked: readonly string[], bound: readonly string[]): Fits => {
  const seen = filter.cooperatives || filter.enterprises ? new Set([...(filter.cooperatives ?? []), ...linked]) : null;
  const bindings = new Set(bound);
  return (fact) =>
    (!seen || fitsOrganisation(fact, subject, filter, seen)) &&
    (!filter.linkages || fact.attributes.linkage === undefined || filter.linkages.has(fact.attributes.linkage)) &&
    (!filter.crops || fitsCrop(fact, filter.crops, bindings));
};

/** A group and an organisation's grant are both this: relation facts that fit stay, attribute facts stay. */
export const select = (filter: Filter): Selection => {
  const known = new Map<string, Fits>();
  return (day) => {
    const linked = filter.enterprises ? linkedTo(day, filter.enterprises) : NOTHING;
    const bound = filter.crops ? bindingsOfCrops(day, filter.crops) : NOTHING;
    const name = `${day.subject.kind} ${linked.join(' ')}|${bound.join(' ')}`;
    let fits = known.get(name);
    if (!fits) known.set(name, (fits = fitsTo(filter, day.subject.kind, linked, bound)));
    return fits;
  };
};

const FILTERS: Partial<Record<Dimension, (value: string) => Filter>> = {
  cooperative: (value) => ({ cooperatives: new Set([value]) }),
  enterprise: (value) => ({ enterprises: new Set([value]) }),
  linkage: (value) => ({ linkages: new Set([value]) }),
  crop: (value) => ({ crops: new Set([value]) }),
};
/** The filter of a group, or null where the measure tells its groups apart itself. */
export const filterOf = ({ dimension, value }: Group): Filter | null => FILTERS[dimension]?.(value) ?? null;

const ATTRIBUTE: Partial<Record<Dimension, 'cooperativeId' | 'enterpriseId' | 'linkage' | 'crop'>> = { cooperative: 'cooperativeId', enterprise: 'enterpriseId', linkage: 'linkage', crop: 'crop' };

/** Relations that name a value of a dimension. */
const NAMING: Readonly<Record<Dimension, readonly Kind[]>> = {
  cooperative: ['binding', 'claim', 'link', 'contract', 'line', 'delivery', 'registration'],
  enterprise: [...OF_BOTH],
  linkage: ['binding', 'claim'],
  crop: [...OF_CROPS],
  product: [],
  level: [],
};
/**
 * What ties a household or a parcel to a cooperative. Other facts of the cooperatives around it are told with it as soon as any
 * version ever names the cooperative, and a claim may outlast its binding: neither makes it the cooperative's.
 */
const TIES: Partial<Record<Subject['kind'], readonly Kind[]>> = { household: ['binding'], parcel: ['claim'] };

const namingKinds = (kind: Subject['kind'], dimension: Dimension): readonly Kind[] => {
  if (kind === 'enterprise') return ['enterprise'];
  return (dimension === 'cooperative' ? TIES[kind] : undefined) ?? NAMING[dimension];
};

/** Values of a dimension that facts in force name; of what was sown on a parcel also those in force on the day of sowing. */
export const valuesOf = (day: Day, dimension: Dimension): ReadonlySet<string> => {
  const attribute = ATTRIBUTE[dimension];
  const found = new Set<string>();
  if (!attribute) return found;
  const kinds = namingKinds(day.subject.kind, dimension);
  const note = (one: Day): void => {
    for (const kind of kinds) for (const { attributes } of one.of(kind)) if (attributes[attribute]) found.add(attributes[attribute]);
  };
  note(day);
  if (day.subject.kind === 'parcel') for (const { from } of day.of('planting')) if (from !== day.day) note(day.on(from));
  return found;
};
