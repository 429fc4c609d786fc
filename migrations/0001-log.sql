-- The log: every change of every business table, numbered without a gap when its transaction commits.

create table log_head (
  id boolean primary key default true constraint log_head_is_one_row check (id),
  last_number bigint not null,
  last_recorded_at timestamptz not null,
  last_transaction xid8 not null
);
insert into log_head values (true, 0, '-infinity', '0');

create table log_entry (
  number bigint primary key,
  -- Never earlier than the entry before; the same for all entries of one transaction, whatever the clock does.
  recorded_at timestamptz not null,
  transaction_id xid8 not null,
  operation text not null constraint log_entry_operation check (operation in ('insert', 'update', 'delete')),
  table_name text not null,
  subject_id uuid not null,
  trust_id uuid,
  actor_id text not null,
  action text not null,
  request_id text,
  -- The exact text whose UTF-8 bytes are hashed. The images are read out of it, so they cannot differ from it.
  leaf text not null,
  reason text generated always as ((leaf::jsonb) ->> 'reason') virtual,
  actor_name text generated always as ((leaf::jsonb) -> 'actor' ->> 'name') virtual,
  actor_role text generated always as ((leaf::jsonb) -> 'actor' ->> 'role') virtual,
  old_image jsonb generated always as ((leaf::jsonb) -> 'old') virtual,
  new_image jsonb generated always as ((leaf::jsonb) -> 'new') virtual
);
create index log_entry_subject on log_entry (table_name, subject_id, number desc);
create index log_entry_recorded_at on log_entry (recorded_at, number);
create index log_entry_trust on log_entry (trust_id, number);

create function log_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'The log is append-only: % is refused', tg_op
    using errcode = 'insufficient_privilege', constraint = 'log_is_append_only';
end $$;
create trigger log_is_append_only before update or delete on log_entry
  for each row execute function log_is_append_only();
create trigger log_is_never_emptied before truncate on log_entry
  for each statement execute function log_is_append_only();
create trigger log_head_is_never_emptied before delete or truncate on log_head
  for each statement execute function log_is_append_only();

create function setting(name text) returns text language sql stable as
  $$ select nullif(current_setting(name, true), '') $$;

-- Fires at commit (deferred), so that the head row is held for the length of a commit and no longer, and so that
-- numbers follow the order of commits. It is the only deferred lock: two of them could deadlock.
create function record_change() returns trigger
  language plpgsql security definer
  set search_path = exemplar, pg_temp set timezone = 'UTC' set bytea_output = 'hex' set extra_float_digits = 1
as $$
declare
  head log_head;
  before jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
  after jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
  subject jsonb := coalesce(after, before);
  actor text := coalesce(setting('exemplar.actor_id'), 'database:' || session_user);
  act text := coalesce(setting('exemplar.action'), 'direct-sql');
begin
  update log_head set
    last_number = last_number + 1,
    last_recorded_at = case
      when last_transaction = pg_current_xact_id() then last_recorded_at
      else greatest(clock_timestamp(), last_recorded_at + interval '1 microsecond') end,
    last_transaction = pg_current_xact_id()
    returning * into head;
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
      'actor', json_build_object('id', actor,
        'name', coalesce(setting('exemplar.actor_name'), session_user::text),
        'role', coalesce(setting('exemplar.actor_role'), 'database')),
      'action', act,
      'reason', setting('exemplar.reason'),
      'request', setting('exemplar.request_id'),
      'old', before,
      'new', after)::text);
  return null;
end $$;

create function never_emptied() returns trigger language plpgsql as $$
begin
  raise exception '% cannot be truncated: the log would not know', tg_table_name
    using errcode = 'insufficient_privilege', constraint = 'business_tables_are_never_truncated';
end $$;

-- Who may see and change rows of a table, and whether the log records them:
--   trust      rows belong to a trust (trust_id): it sees and changes its own; the funder sees all. Recorded.
--   programme  everybody reads, only the funder's reach changes. Recorded.
--   own-log    the log itself: read by trust, written by its trigger alone.
--   internal   the machinery's own rows, outside the record of the programme.
--   message    likewise, but a trust sees and makes those that are for it alone.
create procedure guard(tbl regclass, kind text) language plpgsql as $$
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
  elsif kind = 'own-log' then
    execute format('create policy by_trust on %s for select using %s', tbl, own);
    execute format('create policy by_trigger on %s for insert with check (true)', tbl);
    execute format('grant select on %s to exemplar_app', tbl);
    return;
  elsif kind in ('internal', 'message') then
    execute format('create policy %s on %s using (%s)', kind, tbl,
      case kind when 'message' then own else '(select setting(''exemplar.reach'')) is not null' end);
    execute format('grant select, insert, update, delete on %s to exemplar_app', tbl);
    return;
  else
    raise exception 'guard: no kind %', kind;
  end if;
  execute format('grant select, insert, update on %s to exemplar_app', tbl);
  execute format('create constraint trigger record_change after insert or update or delete on %s
    deferrable initially deferred for each row execute function record_change()', tbl);
  execute format('create trigger never_emptied before truncate on %s
    for each statement execute function never_emptied()', tbl);
end $$;
revoke execute on procedure guard from public;
revoke execute on function record_change from public;

-- A function of a trigger runs with its owner's rights, and the owner is under row-level security like everybody.
alter table log_head enable row level security;
alter table log_head force row level security;
create policy by_trigger on log_head using (true);
call guard('log_entry', 'own-log');
