import type { FactIndex, Kind, Subject, Version } from './types.js';

const OF_COOPERATIVE: readonly Kind[] = ['registration', 'operation', 'products', 'link', 'contract'];

const ids = (versions: readonly Version[], id: (version: Version) => string | null | undefined): string[] => [...new Set(versions.flatMap((version) => id(version) ?? []))];

const organisations = (facts: FactIndex, cooperatives: readonly string[], kinds: readonly Kind[] = OF_COOPERATIVE): Version[] => {
  const found = cooperatives.flatMap((id) => [...facts.about({ kind: 'cooperative', id }, kinds)]);
  const enterprises = ids(found, ({ attributes }) => attributes.enterpriseId);
  return [...found, ...enterprises.flatMap((id) => [...facts.about({ kind: 'enterprise', id }, ['enterprise', 'recognition'])])];
};

const cooperativeOf = ({ attributes }: Version): string | undefined => attributes.cooperativeId;

const RULES: Record<Subject['kind'], (id: string, facts: FactIndex) => readonly Version[]> = {
  household: (id, facts) => {
    const own = facts.about({ kind: 'household', id }, ['home', 'standing', 'member', 'binding', 'claim', 'planting']);
    const persons = ids(own, ({ kind, attributes }) => (kind === 'member' ? attributes.personId : null));
    return [...own, ...persons.flatMap((person) => [...facts.about({ kind: 'person', id: person }, ['member'])]), ...organisations(facts, ids(own, cooperativeOf))];
  },
  parcel: (id, facts) => {
    const own = facts.about({ kind: 'parcel', id }, ['land', 'planting', 'claim']);
    const bindings = ids(own, ({ kind, attributes }) => (kind === 'claim' ? attributes.bindingId : null)).flatMap((binding) => [...facts.about({ kind: 'binding', id: binding }, ['binding'])]);
    return [...own, ...bindings, ...organisations(facts, ids([...own, ...bindings], cooperativeOf))];
  },
  cooperative: (id, facts) => organisations(facts, [id], [...OF_COOPERATIVE, 'seat']),
  enterprise: (id, facts) => facts.about({ kind: 'enterprise', id }, ['enterprise', 'recognition', 'link']),
  contract: (id, facts) => {
    const own = facts.about({ kind: 'contract', id }, ['contract', 'line', 'delivery']);
    return [...own, ...ids(own, cooperativeOf).flatMap((cooperative) => [...facts.about({ kind: 'cooperative', id: cooperative }, ['seat', 'link'])])];
  },
  village: (id, facts) => facts.about({ kind: 'region', id }, ['region']),
};

/**
 * Whether a fact, as it now stands, is still about this subject: a claim corrected to another parcel is not, nor a planting
 * corrected to another household. Persons who left stay, as their later placements say so.
 */
export const concerns = ({ kind, id }: Subject) => (fact: Version): boolean => {
  if (kind === 'parcel' && fact.kind === 'claim') return fact.attributes.parcelId === id;
  return kind !== 'household' || fact.kind !== 'planting' || fact.attributes.householdId === id;
};

/** Every version of every fact that the figures of this subject may rest on, each once. */
export const gather = ({ kind, id }: Subject, facts: FactIndex): Version[] => {
  const found = new Map<string, Version>();
  for (const version of RULES[kind](id, facts)) found.set(version.eventId, version);
  return [...found.values()];
};
