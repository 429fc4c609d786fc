-- The tree over the log (RFC 6962), and its signed checkpoints. The application reads them. Only the notary, a role of
-- its own, adds to them, and nobody changes them.

create procedure guard_proof(tbl regclass) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', tbl);
  execute format('alter table %s force row level security', tbl);
  execute format('create policy all_read on %s for select using ((select setting(''exemplar.reach'')) is not null)', tbl);
  execute format('create policy notary_adds on %s for insert to exemplar_notary with check (true)', tbl);
  execute format('grant select on %s to exemplar_app, exemplar_notary', tbl);
  execute format('grant insert on %s to exemplar_notary', tbl);
  execute format('create trigger never_changed before update or delete on %s
    for each row execute function log_is_append_only()', tbl);
  execute format('create trigger never_emptied before truncate on %s
    for each statement execute function log_is_append_only()', tbl);
end $$;

-- Complete subtrees: the index-th of those with 2^level leaves, both from 0. Entry n of the log is leaf n - 1.
create table log_node (
  level smallint not null constraint log_node_level check (level between 0 and 60),
  index bigint not null constraint log_node_index check (index >= 0),
  hash bytea not null constraint log_node_hash check (length(hash) = 32),
  primary key (level, index)
);
call guard_proof('log_node');

-- The subtrees of a level follow each other without a gap, and each stands over two that are there.
create function log_node_is_next() returns trigger language plpgsql as $$
declare
  odd record;
begin
  select a.level, a.first into odd
  from (select level, min(index) as first, max(index) as last, count(*) as count from added group by level) a
  where a.last - a.first + 1 <> a.count
    or (a.first > 0 and not exists (select from log_node n where n.level = a.level and n.index = a.first - 1))
    or (a.level > 0 and not exists (select from log_node n where n.level = a.level - 1 and n.index = 2 * a.last + 1))
  limit 1;
  if found then
    raise exception 'Subtree % of level % does not follow what is there', odd.first, odd.level
      using errcode = 'check_violation', constraint = 'log_node_is_next';
  end if;
  return null;
end $$;
create trigger log_node_is_next after insert on log_node referencing new table as added
  for each statement execute function log_node_is_next();

create table checkpoint_key (
  -- The first four bytes of a hash of name and key (C2SP signed-note), in hexadecimal.
  id text primary key constraint checkpoint_key_id check (id ~ '^[0-9a-f]{8}$'),
  vkey text not null,
  first_used_at timestamptz not null default clock_timestamp()
);
call guard_proof('checkpoint_key');

create table checkpoint (
  -- How many entries it covers.
  size bigint primary key constraint checkpoint_size check (size > 0),
  root bytea not null constraint checkpoint_root check (length(root) = 32),
  recorded_at timestamptz not null,
  note text not null,
  key_id text not null references checkpoint_key,
  signed_at timestamptz not null default clock_timestamp()
);
call guard_proof('checkpoint');

create function checkpoint_is_next() returns trigger language plpgsql as $$
begin
  if exists (select from checkpoint where size >= new.size) then
    raise exception 'There is a checkpoint of % entries or more already', new.size
      using errcode = 'check_violation', constraint = 'checkpoint_is_next';
  end if;
  if not exists (select from log_node where level = 0 and index = new.size - 1) then
    raise exception 'The tree does not reach to entry %', new.size
      using errcode = 'check_violation', constraint = 'checkpoint_is_next';
  end if;
  return new;
end $$;
create trigger checkpoint_is_next before insert on checkpoint
  for each row execute function checkpoint_is_next();

create table checkpoint_publication (
  size bigint primary key references checkpoint,
  published_at timestamptz not null default clock_timestamp()
);
call guard_proof('checkpoint_publication');

-- Why the notary refused to sign.
create table log_fault (
  id uuid primary key default uuidv7(),
  found_at timestamptz not null default clock_timestamp(),
  code text not null,
  -- The entry that is not as it was, where it is one.
  number bigint,
  words text not null
);
call guard_proof('log_fault');

drop procedure guard_proof;

grant select on log_entry to exemplar_notary;

-- What was proved at a moment: those who sign are not in the log, and say themselves when they did.
create view as_at.checkpoint with (security_invoker = true) as
  select * from exemplar.checkpoint where signed_at <= exemplar.read_at();
create view as_at.checkpoint_key with (security_invoker = true) as
  select * from exemplar.checkpoint_key where first_used_at <= exemplar.read_at();
create view as_at.checkpoint_publication with (security_invoker = true) as
  select * from exemplar.checkpoint_publication where published_at <= exemplar.read_at();
create view as_at.log_fault with (security_invoker = true) as
  select * from exemplar.log_fault where found_at <= exemplar.read_at();
grant select on as_at.checkpoint, as_at.checkpoint_key, as_at.checkpoint_publication, as_at.log_fault to exemplar_app;
