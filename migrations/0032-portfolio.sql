-- Goals of strategies that span programmes, which programmes serve them, and what-ifs that are kept beside the record.

create table strategy_goal (
  id uuid primary key default uuidv7(),
  code text not null constraint strategy_goal_code_unique unique,
  strategy text not null,
  title text not null,
  statement text not null,
  provenance jsonb not null,
  revision integer not null default 1
);
call guard('strategy_goal', 'programme');

create table programme_goal (
  id uuid primary key default uuidv7(),
  programme_id uuid not null references programme,
  goal_id uuid not null references strategy_goal,
  provenance jsonb not null,
  revision integer not null default 1,
  constraint programme_goal_once unique (programme_id, goal_id)
);
create index programme_goal_by_goal on programme_goal (goal_id, programme_id);
call guard('programme_goal', 'programme');
grant delete on programme_goal to exemplar_app;

create sequence scenario_number;
grant usage on sequence scenario_number to exemplar_app;

-- What would become of a programme if less were paid in a financial year. It is computed from the record as at an entry
-- of the log, and nothing of the record points at it.
create table scenario (
  id uuid primary key default uuidv7(),
  programme_id uuid not null references programme,
  reference text not null default 'SCN-' || lpad(nextval('scenario_number')::text, 5, '0')
    constraint scenario_reference unique,
  title text not null,
  state text not null constraint scenario_state check (state in ('standing', 'withdrawn')),
  financial_year text not null constraint scenario_year check (financial_year ~ '^\d{4}/\d{2}$'),
  -- The part of the year's money that is cut, in hundredths of a per cent; null where an amount was given.
  cut_basis_points integer constraint scenario_part check (cut_basis_points between 1 and 10000),
  cut_pence bigint not null constraint scenario_cut check (cut_pence >= 0),
  as_on date not null,
  as_at_number bigint not null,
  as_at timestamptz not null,
  facts_sha256 text not null constraint scenario_sha256 check (facts_sha256 ~ '^[0-9a-f]{64}$'),
  asked_pence bigint not null,
  kept_pence bigint not null,
  moved_pence bigint not null,
  unfunded_pence bigint not null,
  -- Of the cut: what no tranche asks for, and what is drawn already, so that it cannot be cut.
  spare_pence bigint not null,
  beyond_pence bigint not null,
  result jsonb not null,
  made_by uuid not null references person,
  made_at timestamptz not null default moment(),
  withdrawn_by uuid references person,
  withdrawn_at timestamptz,
  withdrawn_because text,
  illustrative boolean not null default false,
  revision integer not null default 1,
  constraint scenario_title_once unique (programme_id, title),
  constraint scenario_amounts check (least(asked_pence, kept_pence, moved_pence, unfunded_pence, spare_pence, beyond_pence) >= 0),
  constraint scenario_keeps_all check (kept_pence + moved_pence + unfunded_pence = asked_pence),
  constraint scenario_cut_adds_up check (spare_pence + asked_pence - kept_pence + beyond_pence = cut_pence),
  constraint scenario_withdrawn check ((state = 'withdrawn') = (withdrawn_by is not null)
    and num_nulls(withdrawn_by, withdrawn_at, withdrawn_because) in (0, 3))
);
create index scenario_by_programme on scenario (programme_id, id);
create index scenario_by_state on scenario (state, id);
call guard('scenario', 'programme');

create function computed_scenario_is_fixed() returns trigger language plpgsql as $$
begin
  raise exception 'A scenario never changes; make another, or withdraw it'
    using errcode = 'check_violation', constraint = 'computed_scenario_is_fixed';
end $$;
create trigger computed_scenario_is_fixed before update on scenario for each row
  when (old.state = 'withdrawn' or (to_jsonb(old) - array['state', 'withdrawn_by', 'withdrawn_at', 'withdrawn_because', 'revision'])
    is distinct from (to_jsonb(new) - array['state', 'withdrawn_by', 'withdrawn_at', 'withdrawn_because', 'revision']))
  execute function computed_scenario_is_fixed();

-- A trust is not told what might become of its money.
alter policy all_read on scenario using ((select setting('exemplar.reach') = 'all'));
call keep_past_of('scenario');
