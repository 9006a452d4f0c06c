import { home, member, PersonDetailsRevealed, PersonDetailsSealed, PersonErased } from '#contracts';
import { defineView, type FoldContext, type RecordedEvent } from '#decider';
import { factTable } from '#service-kit';
import type { SealedDetails } from './person.js';

const placements = factTable({
  fact: member,
  table: 'placements',
  columns: { person_id: ['text', 'personId'], household_id: ['text', 'householdId'], reason: ['text', 'reason'] },
  indexes: ['person_id, valid_from', 'household_id'],
});
const homes = factTable({
  fact: home,
  table: 'homes',
  columns: { household_id: ['text', 'householdId'], village_id: ['text', 'villageId'] },
  indexes: ['household_id, valid_from'],
});

type Details = { readonly personId: string } & Partial<SealedDetails>;

/** The last word of a batch on each person's details; an erasure is the last word for ever. */
const foldDetails = async (events: readonly RecordedEvent[], { db, schema }: FoldContext): Promise<void> => {
  const said = events.filter(({ type }) => type === PersonDetailsSealed.type || type === PersonErased.type);
  if (said.length === 0) return;
  const rows = [...new Map(said.map((event) => [(event.data as Details).personId, event])).values()].map((event) => {
    const { personId, name, identityNumber, phone } = event.data as Details;
    const erased = event.type === PersonErased.type;
    return { person_id: personId, name: erased ? null : name, identity_number: erased ? null : identityNumber, phone: erased ? null : phone, erased };
  });
  await db.query(
    `insert into ${schema}.details select * from jsonb_populate_recordset(null::${schema}.details, $1::jsonb)
     on conflict (person_id) do update set name = excluded.name, identity_number = excluded.identity_number, phone = excluded.phone, erased = excluded.erased`,
    [JSON.stringify(rows)],
  );
};

const foldReveals = async (events: readonly RecordedEvent[], { db, schema }: FoldContext): Promise<void> => {
  const rows = events
    .filter(({ type }) => type === PersonDetailsRevealed.type)
    .map(({ data, recordedAt }) => {
      const { personId, revealId, actor, reason, reference } = data as { personId: string; revealId: string; actor: string; reason: string; reference?: string };
      return { reveal_id: revealId, person_id: personId, actor, reason, reference: reference ?? null, recorded_at: recordedAt };
    });
  if (rows.length === 0) return;
  await db.query(`insert into ${schema}.reveals select * from jsonb_populate_recordset(null::${schema}.reveals, $1::jsonb) on conflict do nothing`, [JSON.stringify(rows)]);
};

/** Who belongs to which household, under which sealed details, and who was shown them? */
export const personsView = defineView({
  name: 'persons',
  version: 1,
  services: ['farmer'],
  tables: (schema) => `
    ${placements.ddl(schema)};
    ${homes.ddl(schema)};
    create table ${schema}.details (person_id text primary key, name text, identity_number text, phone text, erased boolean not null);
    create table ${schema}.reveals (reveal_id text primary key, person_id text not null, actor text not null, reason text not null, reference text, recorded_at bigint not null);
    create index on ${schema}.reveals (person_id)`,
  fold: async ({ events }, context) => {
    await placements.fold(events, context);
    await homes.fold(events, context);
    await foldDetails(events, context);
    await foldReveals(events, context);
  },
});

/** Persons on a day: where they belong (or last belonged), the home village of that household, and their sealed details. */
export const personsOn = (schema: string, day: string): string => `
  select p.person_id as "personId", p.household_id as "householdId", p.reason, p.valid_from as "since", h.village_id as "villageId",
    d.name, d.identity_number as "identityNumber", d.phone, coalesce(d.erased, false) as erased
  from ${schema}.placements p
  left join ${schema}.details d on d.person_id = p.person_id
  left join lateral (
    select household_id from ${schema}.placements q
    where q.person_id = p.person_id and not q.voided and q.household_id is not null and q.valid_from <= ${day} order by q.valid_from desc limit 1
  ) last on true
  left join lateral (
    select village_id from ${schema}.homes h where h.household_id = last.household_id and not h.voided and h.valid_from <= ${day} order by h.valid_from desc limit 1
  ) h on true
  where not p.voided and p.valid_from <= ${day} and not exists (
    select 1 from ${schema}.placements later where later.person_id = p.person_id and not later.voided and later.valid_from > p.valid_from and later.valid_from <= ${day})`;
