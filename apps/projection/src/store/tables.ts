import type { Kind } from '../ledger/types.js';

/** Facts about organisations and regions: few, read for every subject, and so kept in memory. */
export const ORGANISATION_KINDS: readonly Kind[] = ['registration', 'seat', 'operation', 'products', 'enterprise', 'recognition', 'link', 'contract', 'region'];

/** Number of the word '': the total, which is no group. */
export const TOTAL = 0;

/** Cohort of a line that has none. */
export const NO_COHORT = -1_000_000;

/** The same as SQL: written out, so that the partial index on them is used. */
export const KINDS_IN_MEMORY = ORGANISATION_KINDS.map((kind) => `'${kind}'`).join(', ');

/**
 * Tables of one generation. Lines, roll-ups and places carry the village, by which they may be distributed; facts are found by
 * what they name. `rec` is epoch ms, days are integers since 1970-01-01, months are `year * 12 + month`; words (measures,
 * groups, villages) are numbered once, so that a line is small. Roll-ups are kept by village and of all villages together, as
 * most that is asked is about most of them. Folds are numbered on from the epoch ms at which the generation
 * was made: whoever has seen folds of an earlier one is told of everything in this one.
 */
export const bareTables = (s: string): string => `
create table ${s}.head (one boolean primary key default true check (one), fold bigint not null, mark text not null, rec bigint not null);
insert into ${s}.head values (true, extract(epoch from clock_timestamp()) * 1000, '', 0);
create table ${s}.words (id int primary key, word text not null unique, village boolean not null);
insert into ${s}.words values (${TOTAL}, '', false);
create table ${s}.versions (
  kind text not null, key text not null, subject text not null,
  day_from int not null, day_to int, rec bigint not null,
  service text not null, lane int not null, position bigint not null,
  voided boolean not null, due int,
  household text, person text, parcel text, binding text, cooperative text, contract text,
  attributes json not null, event json not null, fold bigint not null
);
create table ${s}.lines (
  measure int not null, grp int not null, village int not null, subject text not null,
  cohort int not null, valid_on int not null, rec bigint not null, delta bigint not null
);
create table ${s}.days (measure int, valid_on int, cohort int, village int, delta bigint not null);
create table ${s}.months (measure int, valid_in int, cohort_in int, village int, delta bigint not null);
create table ${s}.days_everywhere (measure int, valid_on int, cohort int, delta bigint not null);
create table ${s}.months_everywhere (measure int, valid_in int, cohort_in int, delta bigint not null);
create table ${s}.places (kind text, village int, subject text);
create table ${s}.folds (fold bigint primary key, rec bigint not null);
create table ${s}.changed (fold bigint, village int, primary key (fold, village));
`;

export const indexesOfVersions = (s: string): string => `
alter table ${s}.versions add primary key (service, lane, position);
create index on ${s}.versions (key);
create index on ${s}.versions (household, kind) include (key) where household is not null;
create index on ${s}.versions (person) include (household, key) where person is not null;
create index on ${s}.versions (parcel) where parcel is not null;
create index on ${s}.versions (binding) where kind = 'claim';
create index on ${s}.versions (cooperative, kind) include (household, parcel, contract) where kind in ('binding', 'claim', 'line');
create index on ${s}.versions (contract) where contract is not null;
create index on ${s}.versions (fold) where kind in (${KINDS_IN_MEMORY});
`;

export const indexesOfLedger = (s: string): string => `
create index on ${s}.lines (measure, rec) include (valid_on, cohort, village, delta) where grp = ${TOTAL};
create index on ${s}.lines (measure, grp, village, subject);
alter table ${s}.days add primary key (measure, valid_on, cohort, village);
create index on ${s}.days (measure, cohort, valid_on) where cohort <> ${NO_COHORT};
create unique index on ${s}.months (measure, village, cohort_in, valid_in) include (delta);
alter table ${s}.days_everywhere add primary key (measure, cohort, valid_on);
alter table ${s}.months_everywhere add primary key (measure, cohort_in, valid_in);
alter table ${s}.places add primary key (kind, village, subject);
`;

export const tables = (s: string): string => bareTables(s) + indexesOfVersions(s) + indexesOfLedger(s);
