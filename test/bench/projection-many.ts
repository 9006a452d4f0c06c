import type { Database } from '#postgres';
import { bareTables, indexesOfLedger, indexesOfVersions } from '../../apps/projection/src/store/tables.js';

/** Ids that differ from copy to copy: all but those of the district and its towns, which the copies' villages share. */
const OWN = `'"((?!r-\\d{6}"|r-\\d{9}")[a-z]{1,2}-[^"]*)"'`;
const suffixed = (column: string, copy: string): string => `${column} || '~' || ${copy}`;

/** Each copy's number for a word: villages, cooperatives and enterprises are its own, measures and other groups are everybody's. */
const WORDS = (from: string, to: string, times: number): string => `
create table ${to}.numbers as select k as copy, id, word, village,
  case when id > 0 and (village or word ~ '^(cooperative|enterprise)=') and k > 0 then id + k * (select max(id) + 1 from ${from}.words) else id end as number
  from ${from}.words, generate_series(0, ${times - 1}) k;
alter table ${to}.numbers add primary key (copy, id);
analyze ${to}.numbers;
insert into ${to}.words select distinct on (number) number, case when number <> id or ((village or word ~ '^(cooperative|enterprise)=') and id > 0) then ${suffixed('word', 'copy')} else word end, village
  from ${to}.numbers where number > 0 order by number, copy;
`;

const LEDGER = (from: string, to: string, times: number): string => `
insert into ${to}.lines select l.measure, g.number, v.number, ${suffixed('l.subject', 'k')}, l.cohort, l.valid_on, l.rec, l.delta
  from generate_series(0, ${times - 1}) k cross join ${from}.lines l
  join ${to}.numbers g on g.copy = k and g.id = l.grp join ${to}.numbers v on v.copy = k and v.id = l.village;
insert into ${to}.days select measure, valid_on, cohort, v.number, delta from ${from}.days d join ${to}.numbers v on v.id = d.village;
insert into ${to}.months select measure, valid_in, cohort_in, v.number, delta from ${from}.months m join ${to}.numbers v on v.id = m.village;
insert into ${to}.days_everywhere select measure, valid_on, cohort, delta * ${times} from ${from}.days_everywhere;
insert into ${to}.months_everywhere select measure, valid_in, cohort_in, delta * ${times} from ${from}.months_everywhere;
insert into ${to}.places select kind, v.number, ${suffixed('subject', 'v.copy')} from ${from}.places p join ${to}.numbers v on v.id = p.village;
insert into ${to}.folds select * from ${from}.folds;
insert into ${to}.changed select fold, v.number from ${from}.changed c join ${to}.numbers v on v.id = c.village;
update ${to}.head set fold = h.fold, mark = h.mark, rec = h.rec from ${from}.head h;
`;

const VERSIONS = (from: string, to: string, times: number): string => `
insert into ${to}.versions
  select v.kind, ${suffixed('v.key', 'k')}, case when v.shared then v.subject else ${suffixed('v.subject', 'k')} end, day_from, day_to, rec, service, lane,
    position + k * (select max(position) from ${from}.versions), voided, due,
    ${['household', 'person', 'parcel', 'binding', 'cooperative', 'contract'].map((column) => suffixed(column, 'k')).join(', ')},
    regexp_replace(attributes::text, ${OWN}, '"\\1~' || k || '"', 'g')::json, event, fold
  from generate_series(0, ${times - 1}) k
  cross join (select *, kind = 'region' and attributes->>'level' <> 'VILLAGE' as shared from ${from}.versions) v
  where k = 0 or not v.shared;
`;

/** A ledger `times` as large: copies side by side, each with villages, organisations and households of its own in the same towns. */
export const multiplied = async (db: Database, from: string, { to, times }: { to: string; times: number }): Promise<void> => {
  await db.query(`drop schema if exists ${to} cascade; create schema ${to}; ${bareTables(to)}`);
  await db.query(WORDS(from, to, times));
  await db.transaction(async (tx) => {
    await tx.query(`set local work_mem = '128MB'; set local maintenance_work_mem = '1GB'`);
    await tx.query(LEDGER(from, to, times));
    await tx.query(VERSIONS(from, to, times));
    await tx.query(`${indexesOfVersions(to)}; ${indexesOfLedger(to)}`);
  });
};
