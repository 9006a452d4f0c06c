import { refsOf } from './references.js';
import type { FactIndex, Kind, Query, RefKind, Version } from './types.js';

interface Fact {
  readonly versions: Version[];
  readonly names: Set<string>;
}
const NOTHING: readonly Version[] = [];

/** Facts in memory, found by what any of their versions names: the organisations (few), or what one batch has loaded. */
export class MemoryIndex implements FactIndex {
  readonly #facts = new Map<string, Fact>();
  readonly #named = new Map<string, Fact[]>();
  readonly #seen = new Set<string>();

  /** Adds a version; one that is already here is not added again. */
  add(version: Version): void {
    if (this.#seen.has(version.eventId)) return;
    this.#seen.add(version.eventId);
    const key = `${version.kind} ${version.key}`;
    let fact = this.#facts.get(key);
    if (!fact) this.#facts.set(key, (fact = { versions: [], names: new Set() }));
    fact.versions.push(version);
    for (const ref of refsOf(version)) this.#name(fact, nameOf(ref.kind, ref.id, version.kind));
  }

  about({ refs, kinds }: Query): readonly Version[] {
    if (refs.length === 1 && kinds.length === 1) return this.#one(refs[0] as Query['refs'][number], kinds[0] as Kind);
    const facts = new Set<Fact>();
    for (const { kind: ref, id } of refs) for (const kind of kinds) for (const fact of this.#named.get(nameOf(ref, id, kind)) ?? []) facts.add(fact);
    const versions: Version[] = [];
    for (const fact of facts) versions.push(...fact.versions);
    return versions;
  }

  #one(ref: Query['refs'][number], kind: Kind): readonly Version[] {
    const facts = this.#named.get(nameOf(ref.kind, ref.id, kind));
    if (!facts) return NOTHING;
    return facts.length === 1 ? (facts[0] as Fact).versions : facts.flatMap((fact) => fact.versions);
  }

  #name(fact: Fact, name: string): void {
    if (fact.names.has(name)) return;
    fact.names.add(name);
    const there = this.#named.get(name);
    if (there) there.push(fact);
    else this.#named.set(name, [fact]);
  }
}

const nameOf = (ref: RefKind, id: string, kind: Kind): string => `${ref}:${kind}:${id}`;
