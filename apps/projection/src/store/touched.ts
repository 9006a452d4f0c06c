import { factKindOf } from '#contracts';
import type { Sql } from '#decider';
import { byKnowledge, saysTheSame } from '../ledger/known.js';
import type { Facts } from './facts.js';
import type { Subject, SubjectKind, Version } from '../ledger/types.js';
import { readVersions, type Stated } from './versions.js';

/** Subjects whose figures a batch may move, each with the earliest recordedAt from which on. */
export class Touched {
  private readonly since = new Map<string, number>();

  add(kind: SubjectKind, id: string | null | undefined, rec: number): void {
    if (!id) return;
    const name = `${kind}:${id}`;
    const known = this.since.get(name);
    if (known === undefined || rec < known) this.since.set(name, rec);
  }

  list(): { subject: Subject; rec: number }[] {
    return [...this.since].map(([name, rec]) => {
      const at = name.indexOf(':');
      return { subject: { kind: name.slice(0, at) as SubjectKind, id: name.slice(at + 1) }, rec };
    });
  }
}

/** Earliest recordedAt by id: of cooperatives, bindings or persons through which further subjects are reached. */
class Earliest extends Map<string, number> {
  note(id: string | null | undefined, rec: number): void {
    const known = id ? this.get(id) : undefined;
    if (id && (known === undefined || rec < known)) this.set(id, rec);
  }
}

interface Reach {
  readonly touched: Touched;
  readonly organisations: Facts;
  readonly bindings: Earliest;
  /** Whose households, parcels and contracts count otherwise. */
  readonly cooperatives: Earliest;
  /** Whose contracts alone do. */
  readonly seats: Earliest;
}

const chainOf = ({ touched, cooperatives }: Reach, cooperative: string | undefined, rec: number): void => {
  cooperatives.note(cooperative, rec);
  touched.add('cooperative', cooperative, rec);
};

const chainsOf = (reach: Reach, enterprise: string | undefined, rec: number): void => {
  reach.touched.add('enterprise', enterprise, rec);
  const links = enterprise ? reach.organisations.about({ kind: 'enterprise', id: enterprise }, ['link']) : [];
  for (const link of links) chainOf(reach, link.attributes.cooperativeId, rec);
};

/** What one version touches, by its kind; `rec` is that of the new version of its fact. */
const RULES: Record<Version['kind'], (version: Version, rec: number, reach: Reach) => void> = {
  home: ({ attributes: a }, rec, { touched }) => touched.add('household', a.householdId, rec),
  standing: ({ attributes: a }, rec, { touched }) => touched.add('household', a.householdId, rec),
  member: ({ attributes: a }, rec, { touched }) => touched.add('household', a.householdId, rec),
  land: ({ attributes: a }, rec, { touched }) => touched.add('parcel', a.parcelId, rec),
  planting: ({ attributes: a }, rec, { touched }) => {
    touched.add('parcel', a.parcelId, rec);
    touched.add('household', a.householdId, rec);
  },
  binding: ({ key, attributes: a }, rec, { touched, bindings }) => {
    touched.add('household', a.householdId, rec);
    bindings.note(key, rec);
  },
  claim: ({ attributes: a }, rec, { touched }) => {
    touched.add('parcel', a.parcelId, rec);
    touched.add('household', a.householdId, rec);
  },
  registration: ({ attributes: a }, rec, reach) => chainOf(reach, a.cooperativeId, rec),
  products: ({ attributes: a }, rec, reach) => chainOf(reach, a.cooperativeId, rec),
  operation: ({ attributes: a }, rec, { touched }) => touched.add('cooperative', a.cooperativeId, rec),
  seat: ({ attributes: a }, rec, { touched, seats }) => {
    touched.add('cooperative', a.cooperativeId, rec);
    seats.note(a.cooperativeId, rec);
  },
  link: ({ attributes: a }, rec, reach) => {
    reach.touched.add('enterprise', a.enterpriseId, rec);
    chainOf(reach, a.cooperativeId, rec);
  },
  enterprise: ({ attributes: a }, rec, reach) => chainsOf(reach, a.enterpriseId, rec),
  recognition: ({ attributes: a }, rec, reach) => chainsOf(reach, a.enterpriseId, rec),
  contract: ({ attributes: a }, rec, reach) => {
    reach.touched.add('contract', a.contractId, rec);
    chainOf(reach, a.cooperativeId, rec);
  },
  line: ({ attributes: a }, rec, { touched }) => touched.add('contract', a.contractId, rec),
  delivery: ({ attributes: a }, rec, { touched }) => touched.add('contract', a.contractId, rec),
  region: ({ attributes: a }, rec, { touched }) => touched.add('village', a.regionId, rec),
};

/** Earlier versions of what the batch restates, and the other placements of its persons: a corrected move touches three households. */
const earlierVersions = async (sql: Sql, schema: string, stated: readonly Stated[]): Promise<{ version: Version; rec: number }[]> => {
  const keys = new Earliest();
  const persons = new Earliest();
  for (const { version, event } of stated) {
    if (factKindOf(event.type)?.effects[event.type] !== 'stated') keys.note(version.key, version.rec);
    persons.note(version.kind === 'member' ? version.attributes.personId : null, version.rec);
  }
  if (keys.size + persons.size === 0) return [];
  const found = await readVersions(sql, schema, 'v.key = any($1::text[]) or v.person = any($2::text[])', [[...keys.keys()], [...persons.keys()]]);
  return found.map((version) => ({ version, rec: Math.min(keys.get(version.key) ?? Infinity, persons.get(version.attributes.personId ?? '') ?? Infinity) }));
};

interface FarRow {
  readonly household: string | null;
  readonly parcel: string | null;
  readonly contract: string | null;
  readonly by: string;
}
const reachFar = async (sql: Sql, schema: string, { touched, cooperatives, seats, bindings }: Reach): Promise<void> => {
  const add = (rows: readonly FarRow[], from: Earliest): void => {
    for (const { household, parcel, contract, by } of rows) {
      const rec = from.get(by) ?? 0;
      touched.add('household', household, rec);
      touched.add('parcel', parcel, rec);
      touched.add('contract', contract, rec);
    }
  };
  const select = `select distinct household, parcel, contract`;
  const ask = async (from: Earliest, column: string, kinds: string): Promise<void> => {
    if (from.size === 0) return;
    const { rows } = await sql.query<FarRow>(`${select}, ${column} as by from ${schema}.versions where ${kinds} and ${column} = any($1::text[])`, [[...from.keys()]]);
    add(rows, from);
  };
  await ask(bindings, 'binding', `kind = 'claim'`);
  await ask(cooperatives, 'cooperative', `kind in ('binding', 'claim', 'line')`);
  await ask(seats, 'cooperative', `kind = 'line'`);
};

/** Whether a version that is the last one of its fact says what the one before it said: then it moves nothing. */
const movesNothing = (version: Version, earlier: ReadonlyMap<string, readonly Version[]>): boolean => {
  const fact = (earlier.get(version.key) ?? []).filter(({ kind }) => kind === version.kind).sort(byKnowledge);
  const [before, last] = fact.slice(-2);
  return before !== undefined && last?.eventId === version.eventId && saysTheSame(last, before);
};

/** Every subject that any version of a touched fact ever named, and those linked through organisations. The versions are kept already. */
export const touchedBy = async (sql: Sql, schema: string, stated: readonly Stated[], organisations: Facts): Promise<Touched> => {
  const reach: Reach = { touched: new Touched(), organisations, bindings: new Earliest(), cooperatives: new Earliest(), seats: new Earliest() };
  const earlier = await earlierVersions(sql, schema, stated);
  const byKey = Map.groupBy(earlier.map(({ version }) => version), ({ key }) => key);
  const moving = stated.filter(({ version }) => !movesNothing(version, byKey));
  const keys = new Set(moving.map(({ version }) => version.key));
  const persons = new Set(moving.flatMap(({ version }) => (version.kind === 'member' ? [version.attributes.personId] : [])));
  for (const { version } of moving) RULES[version.kind](version, version.rec, reach);
  for (const { version, rec } of earlier) if (keys.has(version.key) || persons.has(version.attributes.personId)) RULES[version.kind](version, rec, reach);
  await reachFar(sql, schema, reach);
  return reach.touched;
};
