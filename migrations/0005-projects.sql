create table project (
  id uuid primary key default uuidv7(),
  programme_id uuid not null references programme,
  trust_id uuid not null references organisation,
  code text not null,
  name text not null,
  description text not null,
  provenance jsonb not null,
  revision integer not null default 1,
  constraint project_code_unique unique (programme_id, code),
  constraint project_of_trust unique (trust_id, id)
);
create index project_by_trust on project (programme_id, trust_id, code);
call guard('project', 'trust');

create table goal (
  id uuid primary key default uuidv7(),
  trust_id uuid not null,
  project_id uuid not null,
  code text not null,
  statement text not null,
  provenance jsonb not null,
  revision integer not null default 1,
  constraint goal_project foreign key (trust_id, project_id) references project (trust_id, id),
  constraint goal_code_unique unique (project_id, code)
);
call guard('goal', 'trust');
grant delete on goal to exemplar_app;

create table milestone (
  id uuid primary key default uuidv7(),
  programme_id uuid not null references programme,
  trust_id uuid not null,
  project_id uuid not null,
  code text not null,
  name text not null,
  kind text not null,
  state text not null default 'planned',
  baseline_on date not null,
  forecast_on date not null,
  actual_on date,
  delay_reason text,
  -- True where the forecast, the actual date or the state comes from an illustrative return.
  illustrative boolean not null default false,
  provenance jsonb not null,
  revision integer not null default 1,
  constraint milestone_project foreign key (trust_id, project_id) references project (trust_id, id),
  constraint milestone_code_unique unique (project_id, code),
  constraint milestone_of_trust unique (trust_id, id),
  constraint milestone_state check (state in ('planned', 'in-progress', 'claimed-met', 'under-review', 'met',
    'partly-met', 'not-met', 'waived', 'cancelled'))
);
create index milestone_by_trust on milestone (programme_id, trust_id);
create index milestone_by_forecast on milestone (programme_id, forecast_on, id);
create index milestone_by_baseline on milestone (programme_id, baseline_on, id);
call guard('milestone', 'trust');

create function baseline_is_fixed() returns trigger language plpgsql as $$
begin
  raise exception 'A baseline never changes' using errcode = 'check_violation', constraint = 'baseline_is_fixed';
end $$;
create trigger baseline_is_fixed before update of baseline_on on milestone
  for each row when (old.baseline_on is distinct from new.baseline_on) execute function baseline_is_fixed();

create table evidence (
  id uuid primary key default uuidv7(),
  trust_id uuid not null,
  milestone_id uuid not null,
  file_name text not null,
  media_type text not null,
  size_bytes bigint not null constraint evidence_size check (size_bytes > 0),
  sha256 text not null constraint evidence_sha256 check (sha256 ~ '^[0-9a-f]{64}$'),
  storage_key text not null,
  description text not null,
  uploaded_by uuid not null,
  uploaded_at timestamptz not null default now(),
  illustrative boolean not null default false,
  constraint evidence_milestone foreign key (trust_id, milestone_id) references milestone (trust_id, id),
  constraint evidence_once unique (milestone_id, sha256)
);
call guard('evidence', 'trust');
