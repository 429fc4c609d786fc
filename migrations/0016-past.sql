-- The past of every business table, rebuilt from the log; and personal data, beside the log instead of in it.

-- Personal data.

-- What says who somebody is never enters what is hashed: there stands a reference, the hash of the value behind a salt
-- that is kept here. Without salt and value (a person was erased) the reference tells nobody anything.
create table personal_datum (
  reference text primary key constraint personal_datum_reference check (reference ~ '^personal:[0-9a-f]{64}$'),
  person_id uuid not null,
  column_name text not null,
  salt uuid not null,
  value text not null,
  constraint personal_datum_once unique (person_id, column_name, value)
);
alter table personal_datum enable row level security;
alter table personal_datum force row level security;
-- Nobody reads it but functions: who holds a reference, in a row that they may read, is told what it stands for.
create policy by_function on personal_datum using (true) with check (true);

-- Which columns are personal, and which column of the same row says whose.
create table personal_column (
  table_name text not null,
  column_name text not null,
  person_column text not null,
  primary key (table_name, column_name)
);
insert into personal_column values ('person', 'name', 'id'), ('person', 'subject', 'id'), ('api_key', 'label', 'person_id');
alter table personal_column enable row level security;
alter table personal_column force row level security;
create policy by_function on personal_column to current_user using (true);
create policy all_read on personal_column for select to exemplar_app using ((select setting('exemplar.reach')) is not null);
grant select on personal_column to exemplar_app;

create function personal_reference(person uuid, name text, content text) returns text
  language plpgsql set search_path = exemplar, pg_temp
as $$
declare
  known text;
  salt constant uuid := gen_random_uuid();
begin
  select reference into known from personal_datum where (person_id, column_name, value) = (person, name, content);
  if known is null then
    known := 'personal:' || encode(sha256(uuid_send(salt) || convert_to(content, 'UTF8')), 'hex');
    insert into personal_datum values (known, person, name, salt, content);
  end if;
  return known;
end $$;
revoke execute on function personal_reference from public;

-- What a reference stands for, as long as the person was not erased; any other text is itself.
create function personal_value(content text) returns text
  language sql stable security definer set search_path = exemplar, pg_temp
as $$
  select case when content like 'personal:%'
    then coalesce((select value from personal_datum where reference = content), 'Erased person') else content end
$$;

-- A row as the log writes it: personal data by its reference, where there is one.
create function as_recorded(tbl text, image jsonb) returns jsonb
  language plpgsql stable security definer set search_path = exemplar, pg_temp
as $$
declare
  named record;
begin
  for named in
    select c.column_name, d.reference from personal_column c
    join personal_datum d on d.person_id = (image ->> c.person_column)::uuid
      and d.column_name = c.column_name and d.value = image ->> c.column_name
    where c.table_name = tbl
  loop
    image := jsonb_set(image, array[named.column_name], to_jsonb(named.reference));
  end loop;
  return image;
end $$;

-- What was recorded stands: the image before a change is the one that the log holds. A value that was erased meanwhile
-- would else be written down anew.
create function recorded_before(tbl text, image jsonb) returns jsonb
  language plpgsql stable set search_path = exemplar, pg_temp
as $$
declare
  last constant jsonb := (select new_image from log_entry
    where table_name = tbl and subject_id = (image ->> 'id')::uuid order by number desc limit 1);
  personal record;
begin
  for personal in select column_name from personal_column where table_name = tbl loop
    if last ? personal.column_name then
      image := jsonb_set(image, array[personal.column_name], last -> personal.column_name);
    end if;
  end loop;
  return image;
end $$;
revoke execute on function recorded_before from public;

create or replace function record_change() returns trigger
  language plpgsql security definer
  set search_path = exemplar, pg_temp set timezone = 'UTC' set bytea_output = 'hex' set extra_float_digits = 1
as $$
declare
  head log_head;
  before jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
  after jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
  subject jsonb := coalesce(after, before);
  actor text := coalesce(setting('exemplar.actor_id'), 'database:' || session_user);
  name text := coalesce(setting('exemplar.actor_name'), session_user::text);
  act text := coalesce(setting('exemplar.action'), 'direct-sql');
  personal record;
begin
  update log_head set
    last_number = last_number + 1,
    last_recorded_at = case
      when last_transaction = pg_current_xact_id() then last_recorded_at
      else greatest(clock_timestamp(), last_recorded_at + interval '1 microsecond') end,
    last_transaction = pg_current_xact_id()
    returning * into head;
  if before is not null and exists (select from personal_column c where c.table_name = tg_table_name) then
    before := recorded_before(tg_table_name, before);
  end if;
  for personal in select * from personal_column c where c.table_name = tg_table_name and after ->> c.column_name is not null loop
    after := jsonb_set(after, array[personal.column_name], to_jsonb(personal_reference(
      (after ->> personal.person_column)::uuid, personal.column_name, after ->> personal.column_name)));
  end loop;
  -- Somebody who was erased while they acted is named by nobody.
  if actor ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then
    name := personal_reference(actor::uuid, 'name',
      coalesce((select p.name from person p where p.id = actor::uuid), name));
  end if;
  insert into log_entry (number, recorded_at, transaction_id, operation, table_name, subject_id, trust_id, actor_id,
    action, request_id, leaf)
  values (head.last_number, head.last_recorded_at, head.last_transaction, lower(tg_op), tg_table_name,
    (subject ->> 'id')::uuid, (subject ->> 'trust_id')::uuid, actor, act, setting('exemplar.request_id'),
    json_build_object(
      'number', head.last_number,
      'recordedAt', head.last_recorded_at,
      'transaction', head.last_transaction::text,
      'operation', lower(tg_op),
      'table', tg_table_name,
      'subject', subject ->> 'id',
      'trust', subject ->> 'trust_id',
      'actor', json_build_object('id', actor, 'name', name,
        'role', coalesce(setting('exemplar.actor_role'), 'database')),
      'action', act,
      'reason', setting('exemplar.reason'),
      'request', setting('exemplar.request_id'),
      'old', before,
      'new', after)::text);
  return null;
end $$;

-- The past.

-- For each business table, `past` keeps what the log says of it, in columns: each image with the number of the entry
-- that made it and of the one that ended it. Nothing writes there but bring_past_to, out of the log's own text, so it
-- can be made anew from it at any time. `as_at` has a view for each, of the rows that stood at one entry: a reading that
-- has as_at first in its search path is answered from the past.
create schema past;
create schema as_at;
grant usage on schema past, as_at to exemplar_app;

-- How far the past is kept.
create table past_head (
  id boolean primary key default true constraint past_head_is_one_row check (id),
  number bigint not null
);
insert into past_head values (true, 0);
alter table past_head enable row level security;
alter table past_head force row level security;
create policy by_function on past_head using (true);

-- What keeps the past reads all of the log, whoever asks.
do $$ begin
  execute format('create policy for_the_past on log_entry for select to %I using (true)', current_user);
end $$;

create function as_at_number() returns bigint language sql stable as
  $$ select nullif(current_setting('exemplar.as_at', true), '')::bigint $$;

-- An expression for each column of a row that an image is of: what the image says, or what the column means where
-- an older image does not have it.
create function columns_of_image(tbl regclass, out names text, out images text, out readings text) language sql stable as $$
  select
    string_agg(quote_ident(a.attname), ', ' order by a.attnum),
    string_agg(case when a.attnotnull and pg_get_expr(d.adbin, d.adrelid) ~ '^(true|false|-?\d+|''[^'']*''::[a-z ]+)$'
      then format('case when e.new_image ? %L then r.%I else %s end', a.attname, a.attname, pg_get_expr(d.adbin, d.adrelid))
      else format('r.%I', a.attname) end, ', ' order by a.attnum),
    string_agg(case when c.column_name is null then format('p.%I', a.attname)
      else format('exemplar.personal_value(p.%1$I) as %1$I', a.attname) end, ', ' order by a.attnum)
  from pg_attribute a
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum and a.attgenerated = ''
  left join personal_column c on c.table_name = (select relname from pg_class where oid = tbl) and c.column_name = a.attname
  where a.attrelid = tbl and a.attnum > 0 and not a.attisdropped
$$;

-- Takes what the log says up to an entry into the past, unless it is there already.
create function bring_past_to(until bigint) returns void
  language plpgsql security definer set search_path = exemplar, pg_temp set timezone = 'UTC'
as $$
declare
  reached bigint := (select number from past_head);
  target constant bigint := least(until, (select last_number from log_head));
  stop bigint;
  tbl text;
  c record;
begin
  if reached >= target then
    return;
  end if;
  select number into reached from past_head for update;
  while reached < target loop
    stop := least(target, reached + 20000);
    for tbl in select distinct table_name from log_entry where number > reached and number <= stop loop
      select * into c from columns_of_image(format('exemplar.%I', tbl)::regclass);
      execute format('update past.%I p set to_number = ended.number
        from (select subject_id, min(number) as number from log_entry
          where number > $1 and number <= $2 and table_name = $3 group by subject_id) ended
        where p.id = ended.subject_id and p.to_number = 9223372036854775807', tbl) using reached, stop, tbl;
      execute format('insert into past.%1$I (%2$s, from_number, to_number)
        select %3$s, e.number, coalesce(e.next_number, 9223372036854775807)
        from (select number, operation, new_image, lead(number) over (partition by subject_id order by number) as next_number
          from log_entry where number > $1 and number <= $2 and table_name = $3) e
        cross join lateral jsonb_populate_record(null::exemplar.%1$I, e.new_image) r
        where e.operation <> ''delete''', tbl, c.names, c.images) using reached, stop, tbl;
    end loop;
    update past_head set number = stop;
    reached := stop;
  end loop;
end $$;

-- The moment that is read as at: now, or a past one.
create function read_at() returns timestamptz language sql stable as
  $$ select coalesce(nullif(current_setting('exemplar.read_at', true), '')::timestamptz, now()) $$;

-- When what is read was last changed: the moment of the newest entry of the log. That an auditor looked changed nothing.
create function as_of() returns timestamptz
  language sql stable security definer set search_path = exemplar, pg_temp
as $$
  select recorded_at from log_entry
  where number <= coalesce(as_at_number(), (select last_number from log_head)) and table_name <> 'audit_read'
  order by number desc limit 1
$$;

-- The last entry at an instant (0 before the first; null: now), with the past kept up to it. It waits for whoever is
-- about to commit: an entry that they number now is of an instant that has passed, and asked again the answer is the
-- same. No number is given for an instant to come.
create function past_at(inout instant timestamptz, out number bigint)
  language plpgsql security definer set search_path = exemplar, pg_temp
as $$
begin
  perform bring_past_to(9223372036854775807);
  perform from log_head for share;
  instant := coalesce(instant, clock_timestamp());
  if instant > clock_timestamp() then
    return;
  end if;
  select coalesce((select e.number from log_entry e where e.recorded_at <= instant
    order by e.recorded_at desc, e.number desc limit 1), 0) into number;
  perform bring_past_to(number);
end $$;

-- What is not in the log has no past. Whoever asks for it is told so.
create function has_no_past(tbl text) returns boolean language plpgsql stable as $$
begin
  raise exception '% is not part of the record', tbl using errcode = 'feature_not_supported', constraint = 'has_no_past';
end $$;

-- Keeps the past of a table: makes its table in `past`, read by whom the table itself is read, and its view in `as_at`.
-- Whatever alters a table that the log records calls this again afterwards.
create procedure keep_past_of(tbl regclass) language plpgsql as $$
declare
  name constant text := (select relname from pg_class where oid = tbl);
  c record;
  line record;
begin
  select * into c from columns_of_image(tbl);
  execute format('drop view if exists as_at.%I', name);
  execute format('drop table if exists past.%I', name);
  execute format('create table past.%I (%s, from_number bigint, to_number bigint not null, primary key (id, from_number))',
    name, (select string_agg(format('%I %s', attname, format_type(atttypid, atttypmod)), ', ' order by attnum)
      from pg_attribute where attrelid = tbl and attnum > 0 and not attisdropped));
  for line in
    select string_agg(pg_get_indexdef(i.indexrelid, k, true)
        || case when i.indoption[k - 1] & 1 = 1 then ' desc' else '' end
        || case when i.indoption[k - 1] in (1, 2) then case i.indoption[k - 1] when 1 then ' nulls last' else ' nulls first' end
          else '' end, ', ' order by k) as columns,
      pg_get_expr(i.indpred, i.indrelid) as predicate
    from pg_index i, generate_series(1, i.indnkeyatts) k
    where i.indrelid = tbl and not i.indisprimary group by i.indexrelid, i.indpred, i.indrelid
  loop
    execute format('create index on past.%I (%s, to_number)%s', name, line.columns,
      coalesce(' where ' || line.predicate, ''));
  end loop;
  execute format('alter table past.%I enable row level security', name);
  execute format('alter table past.%I force row level security', name);
  execute format('create policy by_log on past.%I to %I using (true) with check (true)', name, current_user);
  for line in select policyname, qual from pg_policies
    where schemaname = 'exemplar' and tablename = name and cmd in ('ALL', 'SELECT') loop
    execute format('create policy %I on past.%I for select using (%s)', line.policyname, name, line.qual);
  end loop;
  execute format('create view as_at.%I with (security_invoker = true) as select %s from past.%I p
    where p.from_number <= exemplar.as_at_number() and p.to_number > exemplar.as_at_number()', name, c.readings, name);
  execute format('grant select on past.%1$I, as_at.%1$I to exemplar_app', name);
  -- What the log says of it already.
  execute format('insert into past.%1$I (%2$s, from_number, to_number)
    select %3$s, e.number, coalesce(e.next_number, 9223372036854775807)
    from (select number, operation, new_image, lead(number) over (partition by subject_id order by number) as next_number
      from log_entry where number <= (select number from past_head) and table_name = %1$L) e
    cross join lateral jsonb_populate_record(null::exemplar.%1$I, e.new_image) r
    where e.operation <> ''delete''', name, c.names, c.images);
end $$;
revoke execute on procedure keep_past_of from public;
revoke execute on function bring_past_to from public;
grant execute on function bring_past_to to exemplar_app;

-- As in the first migration, and with what a table is in the past.
create or replace procedure guard(tbl regclass, kind text) language plpgsql as $$
declare
  -- The comparison is within the subquery: the planner takes a yes or no from there for half of the rows, and a text
  -- to be compared for one in two hundred, and plans every list for a handful of rows.
  reach_all constant text := '(select setting(''exemplar.reach'') = ''all'')';
  own constant text := '(' || reach_all || ' or trust_id = (select setting(''exemplar.trust_id'')::uuid))';
begin
  execute format('alter table %s enable row level security', tbl);
  execute format('alter table %s force row level security', tbl);
  if kind = 'trust' then
    execute format('create policy by_trust on %s using %s with check %s', tbl, own, own);
  elsif kind = 'programme' then
    execute format('create policy all_read on %s for select using ((select setting(''exemplar.reach'')) is not null)', tbl);
    execute format('create policy funder_inserts on %s for insert with check (%s)', tbl, reach_all);
    execute format('create policy funder_updates on %s for update using (%s) with check (%s)', tbl, reach_all, reach_all);
    execute format('create policy funder_deletes on %s for delete using (%s)', tbl, reach_all);
  elsif kind in ('internal', 'message') then
    execute format('create policy %s on %s using (%s)', kind, tbl,
      case kind when 'message' then own else '(select setting(''exemplar.reach'')) is not null' end);
    execute format('grant select, insert, update, delete on %s to exemplar_app', tbl);
    call without_past(tbl);
    return;
  else
    raise exception 'guard: no kind %', kind;
  end if;
  execute format('grant select, insert, update on %s to exemplar_app', tbl);
  execute format('create constraint trigger record_change after insert or update or delete on %s
    deferrable initially deferred for each row execute function record_change()', tbl);
  execute format('create trigger never_emptied before truncate on %s
    for each statement execute function never_emptied()', tbl);
  call keep_past_of(tbl);
end $$;

-- A view that says of a table of the machinery that it has no past.
create procedure without_past(tbl regclass) language plpgsql as $$
declare
  name constant text := (select relname from pg_class where oid = tbl);
begin
  execute format('create view as_at.%1$I with (security_invoker = true) as
    select * from exemplar.%1$I where exemplar.has_no_past(%1$L)', name);
  execute format('grant select on as_at.%I to exemplar_app', name);
end $$;

create view as_at.log_entry with (security_invoker = true) as
  select * from exemplar.log_entry where number <= exemplar.as_at_number();
grant select on as_at.log_entry to exemplar_app;

call without_past('outbox_message');
call without_past('idempotency_key');
call without_past('web_session');
call without_past('sign_in_attempt');
call without_past('held_form');

do $$
declare
  tbl regclass;
begin
  perform set_config('exemplar.reach', 'all', true);
  perform set_config('exemplar.action', 'personal-data.separate', true);
  for tbl in select tgrelid from pg_trigger where tgname = 'record_change' loop
    call keep_past_of(tbl);
  end loop;
  -- From here on the log refers to what it said of people before.
  update person set name = name;
  update api_key set label = label;
end $$;
select bring_past_to(9223372036854775807);
