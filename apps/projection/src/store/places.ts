import type { FactIndex, Subject, Version } from '../ledger/types.js';

const villagesOf = (versions: readonly Version[]): readonly Version[] => versions.filter(({ attributes }) => attributes.villageId);

/** The versions that say where a subject stands: home, land, seat. A contract stands where its cooperative is seated. */
export const placing = ({ kind, id }: Subject, facts: FactIndex): readonly Version[] => {
  switch (kind) {
    case 'household':
      return villagesOf(facts.about({ kind, id }, ['home']));
    case 'parcel':
      return villagesOf(facts.about({ kind, id }, ['land']));
    case 'cooperative':
      return villagesOf(facts.about({ kind, id }, ['seat']));
    case 'enterprise':
      return villagesOf(facts.about({ kind, id }, ['enterprise']));
    case 'contract': {
      const cooperatives = new Set(facts.about({ kind, id }, ['line', 'contract']).map(({ attributes }) => attributes.cooperativeId ?? ''));
      return [...cooperatives].flatMap((cooperative) => villagesOf(facts.about({ kind: 'cooperative', id: cooperative }, ['seat'])));
    }
    case 'village':
      return [];
  }
};
