import type { FactIndex, Kind, Ref, RefKind, Version } from '../ledger/types.js';

type Fact = Version[];

/** What a version names, and so what it is found by. */
const refsOf = ({ kind, key, attributes: a }: Version): (readonly [RefKind, string | null | undefined])[] => [
  ['household', a.householdId],
  ['person', a.personId],
  ['parcel', a.parcelId],
  ['binding', kind === 'binding' ? key : a.bindingId],
  ['cooperative', a.cooperativeId],
  ['enterprise', a.enterpriseId],
  ['contract', a.contractId],
  ['region', a.regionId],
];

/** Fact versions in memory, found by what they name; what is beneath (facts of other kinds) is found too. */
export class Facts implements FactIndex {
  private readonly facts = new Map<string, Fact>();
  private readonly kinds = new Map<Kind, Version[]>();
  private readonly refs = new Map<string, Map<Kind, Set<Fact>>>();

  constructor(private readonly beneath?: Facts) {}

  add(version: Version): void {
    const name = `${version.kind}|${version.key}`;
    const fact = this.facts.get(name) ?? [];
    if (fact.length === 0) this.facts.set(name, fact);
    fact.push(version);
    const alike = this.kinds.get(version.kind);
    if (alike) alike.push(version);
    else this.kinds.set(version.kind, [version]);
    for (const [kind, id] of refsOf(version)) if (id) this.tie(`${kind}:${id}`, version.kind, fact);
  }

  addAll(versions: Iterable<Version>): this {
    for (const version of versions) this.add(version);
    return this;
  }

  private tie(ref: string, kind: Kind, fact: Fact): void {
    const kinds = this.refs.get(ref) ?? new Map<Kind, Set<Fact>>();
    if (kinds.size === 0) this.refs.set(ref, kinds);
    const facts = kinds.get(kind);
    if (facts) facts.add(fact);
    else kinds.set(kind, new Set([fact]));
  }

  about(ref: Ref, kinds: readonly Kind[]): readonly Version[] {
    const found: Version[] = [];
    const here = this.refs.get(`${ref.kind}:${ref.id}`);
    if (here) for (const kind of kinds) for (const fact of here.get(kind) ?? []) found.push(...fact);
    if (this.beneath) found.push(...this.beneath.about(ref, kinds));
    return found;
  }

  /** Every version of a kind. */
  all(kind: Kind): readonly Version[] {
    return this.kinds.get(kind) ?? [];
  }
}
