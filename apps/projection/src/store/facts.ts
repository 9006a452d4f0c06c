import type { Attributes, FactIndex, Kind, Ref, RefKind, Version } from '../ledger/types.js';
import { within } from '../ledger/within.js';

type Fact = Version[];

/** What a version names, and so what it is found by; a binding also by its key. */
const NAMES = [
  ['household', 'householdId'],
  ['person', 'personId'],
  ['parcel', 'parcelId'],
  ['binding', 'bindingId'],
  ['cooperative', 'cooperativeId'],
  ['enterprise', 'enterpriseId'],
  ['contract', 'contractId'],
  ['region', 'regionId'],
] as const satisfies readonly (readonly [RefKind, keyof Attributes])[];

/** Fact versions in memory, found by what they name; what is beneath (facts of other kinds) is found too. */
export class Facts implements FactIndex {
  private readonly facts = new Map<Kind, Map<string, Fact>>();
  private readonly kinds = new Map<Kind, Version[]>();
  private readonly refs = new Map<RefKind, Map<string, Map<Kind, Set<Fact>>>>();

  /** @param only kinds that are shown, of what is beneath too; all unless told */
  constructor(
    private readonly beneath?: Facts,
    private readonly only?: ReadonlySet<Kind>,
  ) {}

  add(version: Version): void {
    const { kind, attributes } = version;
    const fact = this.factOf(version);
    const before = fact.at(-1)?.attributes;
    fact.push(version);
    const alike = this.kinds.get(kind);
    if (alike) alike.push(version);
    else this.kinds.set(kind, [version]);
    // Most versions name what the one before them named.
    for (const [ref, of] of NAMES) {
      const id = attributes[of];
      if (id && id !== before?.[of]) this.tie({ kind: ref, id }, kind, fact);
    }
  }

  private factOf({ kind, key }: Version): Fact {
    const facts = within(this.facts, kind);
    let fact = facts.get(key);
    if (fact) return fact;
    facts.set(key, (fact = []));
    if (kind === 'binding') this.tie({ kind, id: key }, kind, fact);
    return fact;
  }

  addAll(versions: Iterable<Version>): this {
    for (const version of versions) this.add(version);
    return this;
  }

  private tie(ref: Ref, kind: Kind, fact: Fact): void {
    const kinds = within(within(this.refs, ref.kind), ref.id);
    const facts = kinds.get(kind);
    if (facts) facts.add(fact);
    else kinds.set(kind, new Set([fact]));
  }

  about(ref: Ref, asked: readonly Kind[]): readonly Version[] {
    const found: Version[] = [];
    const kinds = this.only ? asked.filter((kind) => this.only?.has(kind)) : asked;
    const here = this.refs.get(ref.kind)?.get(ref.id);
    if (here) for (const kind of kinds) for (const fact of here.get(kind) ?? []) found.push(...fact);
    if (this.beneath) found.push(...this.beneath.about(ref, kinds));
    return found;
  }

  /** Every version of a kind. */
  all(kind: Kind): readonly Version[] {
    return this.kinds.get(kind) ?? [];
  }
}
