import type { Sql } from '#decider';
import { KINDS, type Kind, type Subject, type Version } from '../ledger/types.js';
import { Facts } from './facts.js';
import { ORGANISATION_KINDS } from './tables.js';
import { readVersionsOf } from './versions.js';

const idsOf = (subjects: readonly Subject[], kind: Subject['kind']): string[] => subjects.filter((s) => s.kind === kind).map(({ id }) => id);
const idsIn = (versions: readonly Version[], kind: Version['kind'], id: (version: Version) => string | undefined): string[] => [
  ...new Set(versions.flatMap((version) => (version.kind === kind ? (id(version) ?? []) : []))),
];

/** Where facts are read from: a generation's tables, and the organisations' facts, which are in memory. */
export interface Store {
  readonly sql: Sql;
  readonly schema: string;
  readonly organisations: Facts;
}

const ALL: ReadonlySet<Kind> = new Set(KINDS);

/** All facts of these kinds that the figures of these subjects may rest on, over those of the organisations. */
export const loadFacts = async ({ sql, schema, organisations }: Store, subjects: readonly Subject[], kinds = ALL): Promise<Facts> => {
  const facts = new Facts(organisations, kinds === ALL ? undefined : kinds);
  const [households, parcels, contracts] = [idsOf(subjects, 'household'), idsOf(subjects, 'parcel'), idsOf(subjects, 'contract')];
  const needed = [...kinds].filter((kind) => !ORGANISATION_KINDS.includes(kind));
  if (needed.length === 0 || households.length + parcels.length + contracts.length === 0) return facts;
  const near = await readVersionsOf(
    sql,
    schema,
    {
      keys: `select key from ${schema}.versions where household = any($1::text[]) and kind = any($4::text[])
        union select key from ${schema}.versions where parcel = any($2::text[]) and kind = any($4::text[])
        union select key from ${schema}.versions where contract = any($3::text[]) and kind = any($4::text[])`,
      where: 'v.kind = any($4::text[])',
    },
    [households, parcels, contracts, needed],
  );
  facts.addAll(near);
  const persons = idsIn(near, 'member', ({ attributes }) => attributes.personId);
  const at = new Set(near.flatMap(({ kind, key }) => (kind === 'binding' ? [key] : [])));
  const bindings = kinds.has('binding') ? idsIn(near, 'claim', ({ attributes }) => attributes.bindingId).filter((key) => !at.has(key)) : [];
  if (persons.length + bindings.length === 0) return facts;
  const further = await readVersionsOf(
    sql,
    schema,
    {
      keys: `select key from ${schema}.versions where person = any($1::text[]) and (household is null or household not in (select unnest($3::text[])))
        union select unnest($2::text[])`,
      where: `v.kind in ('member', 'binding')`,
    },
    [persons, bindings, households],
  );
  const known = new Set(near.map(({ eventId }) => eventId));
  return facts.addAll(further.filter(({ eventId }) => !known.has(eventId)));
};
