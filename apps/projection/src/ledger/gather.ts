import type { FactIndex, Kind, RefKind, Subject, Version } from './types.js';

const OF_COOPERATIVE: readonly Kind[] = ['registration', 'operation', 'products', 'link', 'contract'];

type Named = 'personId' | 'bindingId' | 'cooperativeId' | 'enterpriseId';

/** What these versions name, each once, in the order in which they name it. */
const named = (versions: readonly Version[], name: Named, kind?: Kind): Set<string> => {
  const found = new Set<string>();
  for (const version of versions) {
    const id = version.attributes[name];
    if (id && (kind === undefined || version.kind === kind)) found.add(id);
  }
  return found;
};

/** Facts about each of these things, after what was found before. */
const further = (found: readonly Version[], facts: FactIndex, { of, ids }: { of: RefKind; ids: Iterable<string> }, kinds: readonly Kind[]): Version[] => {
  const all = [...found];
  for (const id of ids) all.push(...facts.about({ kind: of, id }, kinds));
  return all;
};

const organisations = (facts: FactIndex, cooperatives: Iterable<string>, kinds: readonly Kind[] = OF_COOPERATIVE): Version[] => {
  const found = further([], facts, { of: 'cooperative', ids: cooperatives }, kinds);
  return further(found, facts, { of: 'enterprise', ids: named(found, 'enterpriseId') }, ['enterprise', 'recognition']);
};

const RULES: Record<Subject['kind'], (id: string, facts: FactIndex) => readonly Version[]> = {
  household: (id, facts) => {
    const own = facts.about({ kind: 'household', id }, ['home', 'standing', 'member', 'binding', 'claim', 'planting']);
    const people = further(own, facts, { of: 'person', ids: named(own, 'personId', 'member') }, ['member']);
    return people.concat(organisations(facts, named(own, 'cooperativeId')));
  },
  parcel: (id, facts) => {
    const own = facts.about({ kind: 'parcel', id }, ['land', 'planting', 'claim']);
    const bound = further(own, facts, { of: 'binding', ids: named(own, 'bindingId', 'claim') }, ['binding']);
    return bound.concat(organisations(facts, named(bound, 'cooperativeId')));
  },
  cooperative: (id, facts) => organisations(facts, [id], [...OF_COOPERATIVE, 'seat']),
  enterprise: (id, facts) => facts.about({ kind: 'enterprise', id }, ['enterprise', 'recognition', 'link']),
  contract: (id, facts) => {
    const own = facts.about({ kind: 'contract', id }, ['contract', 'line', 'delivery']);
    return further(own, facts, { of: 'cooperative', ids: named(own, 'cooperativeId') }, ['seat', 'link']);
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
export const gather = ({ kind, id }: Subject, facts: FactIndex): Version[] => [...new Set(RULES[kind](id, facts))];
