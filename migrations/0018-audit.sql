-- What auditors look at, sample and find.

-- Findings: who is to act and how soon it matters, what they answer, and what became of it.

alter table audit_finding
  add column priority text not null default 'medium'
    constraint audit_finding_priority check (priority in ('high', 'medium', 'low')),
  -- The role that is to act, at the trust that it is about or at the funder; null where only words say who.
  add column owner_role text constraint audit_finding_owner_role check (owner_role in ('programme-manager',
    'finance-officer', 'assessor', 'trust-lead', 'trust-finance-director')),
  -- Whoever answered last, as long as it was not opened again.
  add column responded_by uuid references person,
  add column stance text constraint audit_finding_stance check (stance in ('agreed', 'partly-agreed', 'not-agreed')),
  add constraint audit_finding_of_owner check (owner_role not like 'trust-%' or trust_id is not null),
  add constraint audit_finding_responded check (num_nulls(responded_by, stance) in (0, 2)),
  add constraint audit_finding_closer_is_another check (closed_by <> responded_by),
  drop constraint audit_finding_state,
  add constraint audit_finding_state check (state in ('open', 'responded', 'implemented', 'closed'));

-- What was said and done about a finding, oldest first: rows are added and never change.
create table audit_finding_step (
  id uuid primary key default uuidv7(),
  programme_id uuid not null references programme,
  trust_id uuid references organisation,
  finding_id uuid not null references audit_finding,
  kind text not null constraint audit_finding_step_kind check (kind in ('response', 'follow-up', 'closure', 'due-date')),
  -- What is to be done, what was looked at, what was concluded, or why the day was moved.
  words text not null,
  -- Of a response: whether the owner agrees, and by when it is done.
  stance text constraint audit_finding_step_stance check (stance in ('agreed', 'partly-agreed', 'not-agreed')),
  planned_on date,
  -- Of a follow-up.
  outcome text constraint audit_finding_step_outcome check (outcome in ('implemented', 'partly', 'not-implemented')),
  evidence text,
  -- Whether it opened a finding again that was implemented or closed.
  reopens boolean not null default false,
  -- Of a day that was moved.
  former_due_on date,
  due_on date,
  made_by uuid not null references person,
  made_at timestamptz not null default now(),
  constraint audit_finding_step_response check ((kind = 'response') = (stance is not null)
    and (kind <> 'response' or stance = 'not-agreed' or planned_on is not null)),
  constraint audit_finding_step_follow_up check ((kind = 'follow-up') = (outcome is not null)),
  constraint audit_finding_step_evidence check (outcome <> 'implemented' or evidence is not null),
  constraint audit_finding_step_due_date check ((kind = 'due-date') = (num_nulls(former_due_on, due_on) = 0))
);
create index audit_finding_step_by_finding on audit_finding_step (finding_id, id);
call guard('audit_finding_step', 'trust');
revoke update on audit_finding_step from exemplar_app;

-- What was written down as done when a finding was closed is the words of its closure.
do $$ begin
  perform set_config('exemplar.reach', 'all', true);
  perform set_config('exemplar.action', 'finding.close', true);
  insert into audit_finding_step (programme_id, trust_id, finding_id, kind, words, made_by, made_at)
  select programme_id, trust_id, id, 'closure', coalesce(response, ''), closed_by, coalesce(closed_at, now())
  from audit_finding where state = 'closed';
end $$;
-- The log takes down what changed before the table itself changes.
set constraints all immediate;
set constraints all deferred;
alter table audit_finding drop column response;
drop trigger closed_finding_is_fixed on audit_finding;
drop function closed_finding_is_fixed;
call keep_past_of('audit_finding');

create function finding_changes_by_steps() returns trigger language plpgsql as $$
begin
  if old.state = 'closed' and new.state <> 'open' then
    raise exception 'A closed finding changes by being opened again, and in no other way'
      using errcode = 'check_violation', constraint = 'closed_finding_is_fixed';
  elsif (old.programme_id, old.trust_id, old.reference, old.kind, old.review, old.statement, old.raised_by, old.raised_at)
      is distinct from
      (new.programme_id, new.trust_id, new.reference, new.kind, new.review, new.statement, new.raised_by, new.raised_at) then
    raise exception 'What was found never changes'
      using errcode = 'check_violation', constraint = 'found_is_fixed';
  elsif old.due_on <> new.due_on and setting('exemplar.reason') is null then
    raise exception 'The day by which a finding is to be answered is moved only with a reason'
      using errcode = 'check_violation', constraint = 'due_date_moves_with_a_reason';
  end if;
  return new;
end $$;
create trigger finding_changes_by_steps before update on audit_finding
  for each row execute function finding_changes_by_steps();

-- Reads: what auditors looked at. Only the funder's reach sees it: a trust is not told what is looked at of it.

create table audit_read (
  id uuid primary key default uuidv7(),
  person_id uuid not null references person,
  read_at timestamptz not null default now(),
  method text not null constraint audit_read_method check (method in ('GET', 'HEAD')),
  -- The path with its query, without what is secret or names a person.
  path text not null,
  -- The pattern of the route; null where there is nothing at the path.
  route text,
  -- The moment that was asked for, where the answer is of the past, and the last entry of the log at it.
  as_at timestamptz,
  as_at_number bigint,
  status integer not null constraint audit_read_status check (status between 100 and 599),
  -- What was looked at, where the path says it.
  subject_table text,
  subject_id uuid,
  request_id text not null,
  constraint audit_read_as_at check (num_nulls(as_at, as_at_number) in (0, 2)),
  constraint audit_read_subject check (subject_id is null or subject_table is not null)
);
create index audit_read_latest on audit_read (read_at desc, id desc);
create index audit_read_by_person on audit_read (person_id, read_at desc, id desc);
call guard('audit_read', 'programme');
revoke update on audit_read from exemplar_app;

-- Samples: what was drawn, how, and what came of it.

create sequence audit_sample_number;
grant usage on sequence audit_sample_number to exemplar_app;
create table audit_sample (
  id uuid primary key default uuidv7(),
  programme_id uuid not null references programme,
  reference text not null default 'SMP-' || lpad(nextval('audit_sample_number')::text, 5, '0')
    constraint audit_sample_reference unique,
  purpose text not null,
  population text not null constraint audit_sample_population check (population in ('payments', 'claim-lines', 'postings',
    'match-contributions')),
  -- What the population is narrowed to: trust, financial year, kind, days.
  narrowed jsonb not null,
  method text not null constraint audit_sample_method check (method in ('random', 'monetary-unit', 'stratified')),
  -- Sizes, interval, confidence, strata: all that the drawing needs beside population and seed.
  parameters jsonb not null,
  seed text not null constraint audit_sample_seed check (length(seed) between 1 and 200),
  -- The population is that at this entry of the log, and can be had again.
  as_at_number bigint not null,
  as_at timestamptz not null,
  population_size integer not null constraint audit_sample_population_size check (population_size > 0),
  population_pence bigint not null,
  population_sha256 text not null constraint audit_sample_sha256 check (population_sha256 ~ '^[0-9a-f]{64}$'),
  -- What the drawing came to, by stratum.
  strata jsonb not null,
  items integer not null constraint audit_sample_items check (items > 0),
  drawn_by uuid not null references person,
  drawn_at timestamptz not null default now(),
  illustrative boolean not null default false
);
create index audit_sample_by_programme on audit_sample (programme_id, id);
call guard('audit_sample', 'programme');
revoke update on audit_sample from exemplar_app;

create table audit_sample_item (
  id uuid primary key default uuidv7(),
  sample_id uuid not null references audit_sample,
  position integer not null,
  subject_id uuid not null,
  reference text not null,
  -- Whose it is, by ODS code, and what stands behind it: the pages lead there.
  trust_ods text not null,
  about_table text not null,
  about_id uuid not null,
  amount_pence bigint not null constraint audit_sample_item_amount check (amount_pence >= 0),
  stratum text,
  -- How many of a monetary-unit sample's points fell into it; 1 for the others.
  hits integer not null constraint audit_sample_item_hits check (hits > 0),
  certain boolean not null,
  result text constraint audit_sample_item_result check (result in ('no-exception', 'exception')),
  -- By how much the recorded amount is too high, where it is an exception.
  exception_pence bigint,
  words text,
  checked_by uuid references person,
  checked_at timestamptz,
  revision integer not null default 1,
  constraint audit_sample_item_position unique (sample_id, position),
  constraint audit_sample_item_once unique (sample_id, subject_id),
  constraint audit_sample_item_exception check ((result is not distinct from 'exception') = (exception_pence is not null)
    and exception_pence between 0 and amount_pence),
  constraint audit_sample_item_checked check (num_nulls(result, checked_by, checked_at) in (0, 3))
);
call guard('audit_sample_item', 'programme');

create function drawn_item_is_fixed() returns trigger language plpgsql as $$
begin
  raise exception 'What was drawn never changes; only what came of looking at it'
    using errcode = 'check_violation', constraint = 'drawn_item_is_fixed';
end $$;
create trigger drawn_item_is_fixed before update on audit_sample_item for each row
  when ((to_jsonb(old) - array['result', 'exception_pence', 'words', 'checked_by', 'checked_at', 'revision'])
    is distinct from (to_jsonb(new) - array['result', 'exception_pence', 'words', 'checked_by', 'checked_at', 'revision']))
  execute function drawn_item_is_fixed();

-- A trust is not told what is sampled or looked at of it.
do $$
declare
  tbl regclass;
begin
  foreach tbl in array array['audit_read', 'audit_sample', 'audit_sample_item']::regclass[] loop
    execute format('alter policy all_read on %s using ((select setting(''exemplar.reach'') = ''all''))', tbl);
    call keep_past_of(tbl);
  end loop;
end $$;
