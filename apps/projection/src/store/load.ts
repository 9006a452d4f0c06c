import type { Sql } from '#decider';
import type { Subject, Version } from '../ledger/types.js';
import { Facts } from './facts.js';
import { ORGANISATION_KINDS } from './tables.js';
import { readVersions } from './versions.js';

const idsOf = (subjects: readonly Subject[], kind: Subject['kind']): string[] => subjects.filter((s) => s.kind === kind).map(({ id }) => id);
const idsIn = (versions: readonly Version[], kind: Version['kind'], id: (version: Version) => string | undefined): string[] => [
  ...new Set(versions.flatMap((version) => (version.kind === kind ? (id(version) ?? []) : []))),
];

/** All facts that the figures of these subjects may rest on, over the organisations' facts, which are in memory. */
export const loadFacts = async (sql: Sql, schema: string, subjects: readonly Subject[], organisations: Facts): Promise<Facts> => {
  const [households, parcels, contracts] = [idsOf(subjects, 'household'), idsOf(subjects, 'parcel'), idsOf(subjects, 'contract')];
  if (households.length + parcels.length + contracts.length === 0) return new Facts(organisations);
  const near = await readVersions(
    sql,
    schema,
    `v.key in (select key from ${schema}.versions where household = any($1::text[])
      union select key from ${schema}.versions where parcel = any($2::text[])
      union select key from ${schema}.versions where contract = any($3::text[]))`,
    [households, parcels, contracts],
  );
  const persons = idsIn(near, 'member', ({ attributes }) => attributes.personId);
  const bindings = idsIn(near, 'claim', ({ attributes }) => attributes.bindingId);
  const further = persons.length + bindings.length === 0 ? [] : await readVersions(sql, schema, 'v.person = any($1::text[]) or v.key = any($2::text[])', [persons, bindings]);
  const known = new Set<string>();
  const facts = new Facts(organisations);
  for (const version of [...near, ...further]) {
    if (known.has(version.eventId) || ORGANISATION_KINDS.includes(version.kind)) continue;
    known.add(version.eventId);
    facts.add(version);
  }
  return facts;
};
