/**
 * A lane is a totally ordered log: positions 1, 2, 3 … without holes, given in commit order, because the lane's advisory
 * lock is taken last and held until the commit. `frontiers` says up to when a lane is complete.
 */
export const TABLES = `
create schema es;
create table es.settings (name text primary key, value int not null);
create table es.streams (
  stream text primary key,
  lane smallint not null,
  version int not null,
  born int                      -- ordinal inside the call that created the row
) with (fillfactor = 80);
create table es.events (
  lane smallint not null,
  position bigint not null,
  stream text not null,
  version int not null,
  type text not null,
  schema_version smallint not null,
  occurred_on date not null,
  data json not null,
  origin json not null,
  recorded_at bigint not null,  -- epoch milliseconds, one for a command
  primary key (lane, position),
  unique (stream, version)
);
create table es.commands (
  command_id uuid primary key,
  fingerprint text not null,
  recorded_at bigint not null,
  result json not null          -- [[stream, version, lane, position], …]: what a retry is answered with
);
create table es.frontiers (lane smallint primary key, complete_to bigint not null);
`;

/** Keys are compared byte by byte: a third cheaper to append to than a language's order, and the same on every server. */
export const BYTEWISE_KEYS = `
alter table es.streams alter column stream type text collate "C";
alter table es.events alter column stream type text collate "C";
`;

/**
 * Takes each lane's lock if it is free: whatever was recorded is then committed, and what comes later is recorded no earlier. A
 * lane that is being appended to is passed over, as it tells by its last event.
 */
export const ADVANCE = `
create function es.advance(p_now bigint) returns void language plpgsql as $$
begin
  for l in 0 .. (select value from es.settings where name = 'lanes') - 1 loop
    if pg_try_advisory_xact_lock(7361, l) then
      insert into es.frontiers as f (lane, complete_to) values (l, p_now)
      on conflict (lane) do update set complete_to = excluded.complete_to where f.complete_to < excluded.complete_to;
    end if;
  end loop;
end $$;
`;

const UP_TO_THE_LOCK = `
drop function if exists es.append;
create function es.append(
  p_lane smallint, p_now bigint,
  p_commands text, p_prints text,                                       -- one entry per command
  s_streams text, s_command int[], s_expected int[], s_count int[],     -- one entry per stream of a command; command is its ordinal
  e_slot int[], e_off int[], e_types text, e_schema int[], e_days text, e_data text, e_origin text  -- one entry per event; slot = ordinal of the stream entry
) returns table (base bigint, recorded bigint, refused json)
language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
declare
  a_command uuid[] := string_to_array(p_commands, E'\\x1f')::uuid[];
  a_print text[] := string_to_array(p_prints, E'\\x1f');
  a_stream text[] := string_to_array(s_streams, E'\\x1f');
  n int := cardinality(a_command); m int := cardinality(a_stream);
  c_status int[] := array_fill(0, array[n]); c_stream int[] := array_fill(0, array[n]); c_actual int[] := array_fill(0, array[n]);
  c_time bigint[] := array_fill(null::bigint, array[n]); c_answer json[] := array_fill(null::json, array[n]);
  s_version int[] := array_fill(0, array[m]); s_born boolean[] := array_fill(false, array[m]); s_base bigint[] := array_fill(0::bigint, array[m]);
  born int[]; r record; i int; v_base bigint; v_time bigint; v_n bigint := 0; v_old int := 0; v_refused boolean := false; v_refusals json;
begin
  -- 1. streams that must be new, and are
  if 0 = any(s_expected) then
    with fresh as (
      insert into es.streams as s (stream, lane, version, born)
      select t.stream, p_lane, t.cnt, t.ord from unnest(a_stream, s_expected, s_count) with ordinality t(stream, expected, cnt, ord)
      where t.expected = 0 and t.cnt > 0 order by t.stream collate "C"
      on conflict do nothing returning s.born)
    select array_agg(fresh.born) into born from fresh;
    if born is not null then foreach i in array born loop s_born[i] := true; end loop; end if;
  end if;
  -- 2. the others, locked in one global order; a wrong version is a conflict of its command
  if coalesce(cardinality(born), 0) < m then
    for r in
      select t.ord, s.version from (select u.stream, u.ord from unnest(a_stream, s_born) with ordinality u(stream, b, ord) where not u.b order by u.stream collate "C") t
      cross join lateral (select x.version from es.streams x where x.stream = t.stream for no key update offset 0) s
    loop s_version[r.ord] := r.version; end loop;
    for i in 1..m loop
      if not s_born[i] then
        v_old := v_old + 1;
        if s_version[i] <> s_expected[i] then
          c_status[s_command[i]] := 1; c_stream[s_command[i]] := i; c_actual[s_command[i]] := s_version[i]; v_refused := true;
        end if;
      end if;
    end loop;
  end if;
  -- 3. commands seen before: a new statement, so a new snapshot, taken while the stream locks are held
  for r in select c.ord, k.fingerprint, k.recorded_at, k.result from unnest(a_command) with ordinality c(id, ord) join es.commands k on k.command_id = c.id
  loop c_status[r.ord] := case when r.fingerprint = a_print[r.ord] then 2 else 3 end; c_time[r.ord] := r.recorded_at; c_answer[r.ord] := r.result; v_refused := true; end loop;
  -- a stream created for a command that turned out refused is given back
  if v_refused and born is not null then
    delete from es.streams s using unnest(a_stream, s_command, s_born) t(stream, cmd, b) where t.b and c_status[t.cmd] <> 0 and s.stream = t.stream;
  end if;
  for i in 1..m loop if c_status[s_command[i]] = 0 then s_base[i] := v_n; v_n := v_n + s_count[i]; end if; end loop;
  if v_n > 0 then
    if v_old > 0 then
      update es.streams s set version = s.version + t.cnt
      from unnest(a_stream, s_count, s_command, s_born) t(stream, cnt, cmd, b) where not t.b and t.cnt > 0 and c_status[t.cmd] = 0 and s.stream = t.stream;
    end if;
    -- 4. the sequence: from here to the commit only
`;

const UNDER_THE_LOCK = `
    select e.position, e.recorded_at into v_base, v_time from es.events e where e.lane = p_lane order by e.position desc limit 1;
    v_base := coalesce(v_base, 0);
    v_time := greatest(p_now, v_time, (select f.complete_to from es.frontiers f where f.lane = p_lane));
    insert into es.commands (command_id, fingerprint, recorded_at, result)
    select a_command[t.cmd], a_print[t.cmd], v_time, json_agg(json_build_array(a_stream[t.slot], s_version[t.slot] + s_count[t.slot], p_lane, v_base + s_base[t.slot] + s_count[t.slot]) order by t.slot)
    from unnest(s_command) with ordinality t(cmd, slot) where c_status[t.cmd] = 0 and s_count[t.slot] > 0 group by t.cmd;
    insert into es.events (lane, position, stream, version, type, schema_version, occurred_on, data, origin, recorded_at)
    select p_lane, v_base + s_base[e.slot] + e.off, a_stream[e.slot], s_version[e.slot] + e.off, e.ty, e.sv, e.day::date, e.d::json, e.o::json, v_time
    from unnest(e_slot, e_off, string_to_array(e_types, E'\\x1f'), e_schema, string_to_array(e_days, E'\\x1f'), string_to_array(e_data, E'\\x1f'), string_to_array(e_origin, E'\\x1f'))
      e(slot, off, ty, sv, day, d, o)
    where c_status[s_command[e.slot]] = 0;
  end if;
  if v_refused then
    select json_agg(json_build_array(t.ord, t.st, t.str, t.act, t.tm, t.ans)) into v_refusals
    from unnest(c_status, c_stream, c_actual, c_time, c_answer) with ordinality t(st, str, act, tm, ans, ord) where t.st <> 0;
  end if;
  return query select v_base, v_time, v_refusals;
end $$;`;

/**
 * Appends commands of one lane, each over one or more streams, each on its own: one may conflict while its neighbours go in.
 * Texts are joined with U+001F, which JSON.stringify and ids never contain: faster than arrays of JSON.
 * The caller never names a stream twice in a call. Answers one row: the lane's last position before the call and the time
 * recorded (both null when nothing went in), and of each command refused [ordinal, status, slot of the stream, its version,
 * time, first result], status 1 conflict, 2 seen before, 3 its id was used for another command.
 */
export const appendFunction = (laneLock: string): string => `${UP_TO_THE_LOCK}    ${laneLock}${UNDER_THE_LOCK}`;
