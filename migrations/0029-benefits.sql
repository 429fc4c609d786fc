-- What projects are to bring: a baseline, what is planned and what was gained by financial year, with its evidence.

create table benefit (
  id uuid primary key default uuidv7(),
  programme_id uuid not null references programme,
  trust_id uuid not null references organisation,
  project_id uuid not null,
  code text not null,
  name text not null,
  description text not null,
  type text not null constraint benefit_type check (type in ('cash-releasing', 'non-cash', 'safety', 'experience')),
  -- What its values are counted in: pence, or words such as "bed days".
  unit text not null,
  state text not null constraint benefit_state check (state in ('draft', 'agreed', 'realising', 'realised', 'closed',
    'withdrawn')),
  -- How it was in a year before the project, when that was found out, and where.
  baseline_value bigint constraint benefit_baseline_value check (baseline_value >= 0),
  baseline_on date,
  baseline_source text,
  -- Job titles: who sees to it now, and who does after the project is closed.
  owner text not null,
  owner_after_closure text,
  -- The benefit that this very gain is counted in; null where it counts itself.
  counted_in uuid,
  counts boolean not null generated always as (counted_in is null) stored,
  counted_in_counts boolean generated always as (case when counted_in is not null then true end) stored,
  recorded_by uuid[] not null,
  agreed_by uuid references person,
  agreed_at timestamptz,
  ended_because text,
  illustrative boolean not null default false,
  revision integer not null default 1,
  constraint benefit_project foreign key (trust_id, project_id) references project (trust_id, id) on update cascade,
  constraint benefit_of_trust unique (trust_id, id),
  constraint benefit_code_unique unique (project_id, code),
  constraint benefit_in_pence check ((type in ('cash-releasing', 'non-cash')) = (unit = 'pence')),
  constraint benefit_baseline_whole check (num_nulls(baseline_value, baseline_on, baseline_source) in (0, 3)),
  constraint benefit_agreed_whole check (state in ('draft', 'withdrawn')
    or (baseline_value is not null and owner_after_closure is not null and agreed_by is not null)),
  constraint benefit_agreer_is_not_recorder check (not agreed_by = any (recorded_by)),
  -- What is counted in another is counted there once: that one counts itself, in the same programme and unit.
  constraint benefit_countable unique (id, programme_id, unit, counts),
  constraint benefit_counted_once foreign key (counted_in, programme_id, unit, counted_in_counts)
    references benefit (id, programme_id, unit, counts)
);
create index benefit_by_programme on benefit (programme_id, id);
create index benefit_by_trust on benefit (programme_id, trust_id, id);
create index benefit_by_state on benefit (programme_id, state, id);
create index benefit_by_project on benefit (project_id, id);
create index benefit_shared on benefit (counted_in) where counted_in is not null;
call guard('benefit', 'trust');

create function agreed_benefit_is_fixed() returns trigger language plpgsql as $$
begin
  raise exception 'What was agreed of a benefit never changes'
    using errcode = 'check_violation', constraint = 'agreed_benefit_is_fixed';
end $$;
create trigger agreed_benefit_is_fixed before update on benefit for each row
  when (old.state <> 'draft' and (old.project_id, old.code, old.name, old.description, old.type, old.unit,
      old.baseline_value, old.baseline_on, old.baseline_source, old.recorded_by)
    is distinct from (new.project_id, new.code, new.name, new.description, new.type, new.unit,
      new.baseline_value, new.baseline_on, new.baseline_source, new.recorded_by))
  execute function agreed_benefit_is_fixed();

-- What a benefit is planned to bring in a financial year, beside its baseline.
create table benefit_year (
  id uuid primary key default uuidv7(),
  programme_id uuid not null references programme,
  trust_id uuid not null,
  benefit_id uuid not null,
  financial_year text not null constraint benefit_year_label check (financial_year ~ '^\d{4}/\d{2}$'),
  planned_value bigint not null constraint benefit_year_planned check (planned_value >= 0),
  constraint benefit_year_benefit foreign key (trust_id, benefit_id) references benefit (trust_id, id) on update cascade,
  constraint benefit_year_once unique (benefit_id, financial_year)
);
create index benefit_year_by_year on benefit_year (programme_id, financial_year, id);
call guard('benefit_year', 'trust');
grant delete on benefit_year to exemplar_app;

create function agreed_profile_is_fixed() returns trigger language plpgsql as $$
declare
  line benefit_year := case when tg_op = 'INSERT' then new else old end;
begin
  if exists (select from benefit b where b.id = line.benefit_id and b.state <> 'draft') then
    raise exception 'The profile of an agreed benefit never changes'
      using errcode = 'check_violation', constraint = 'agreed_benefit_is_fixed';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger agreed_profile_is_fixed
  before insert or delete or update of benefit_id, financial_year, planned_value on benefit_year
  for each row execute function agreed_profile_is_fixed();

-- What a benefit brought in a financial year: as it was reported and, beside it, as somebody else found it.
create table benefit_actual (
  id uuid primary key default uuidv7(),
  programme_id uuid not null references programme,
  trust_id uuid not null,
  benefit_id uuid not null,
  financial_year text not null,
  value bigint not null constraint benefit_actual_value check (value >= 0),
  -- How it was measured.
  method text not null,
  state text not null constraint benefit_actual_state check (state in ('reported', 'validated', 'rejected',
    'superseded')),
  prepared_by uuid[] not null,
  reported_at timestamptz not null default moment(),
  validated_value bigint constraint benefit_actual_validated_value check (validated_value >= 0),
  decided_by uuid references person,
  decided_at timestamptz,
  decision_note text,
  illustrative boolean not null default false,
  revision integer not null default 1,
  constraint benefit_actual_year foreign key (benefit_id, financial_year)
    references benefit_year (benefit_id, financial_year),
  constraint benefit_actual_benefit foreign key (trust_id, benefit_id) references benefit (trust_id, id)
    on update cascade,
  constraint benefit_actual_of_trust unique (trust_id, id),
  constraint benefit_actual_validated check (state <> 'validated'
    or (validated_value is not null and decided_by is not null)),
  constraint benefit_validator_is_not_preparer check (not decided_by = any (prepared_by))
);
create unique index benefit_actual_standing on benefit_actual (benefit_id, financial_year)
  where state in ('reported', 'validated');
create index benefit_actual_by_benefit on benefit_actual (benefit_id, financial_year, id);
create index benefit_actual_unvalidated on benefit_actual (programme_id, id) where state in ('reported', 'rejected');
call guard('benefit_actual', 'trust');

create function reported_benefit_is_fixed() returns trigger language plpgsql as $$
begin
  raise exception 'A reported benefit never changes; another report takes its place'
    using errcode = 'check_violation', constraint = 'reported_benefit_is_fixed';
end $$;
create trigger reported_benefit_is_fixed before update on benefit_actual for each row
  when ((old.benefit_id, old.financial_year, old.value, old.method, old.reported_at)
      is distinct from (new.benefit_id, new.financial_year, new.value, new.method, new.reported_at)
    or old.state in ('validated', 'superseded') and (old.validated_value, old.decided_by)
      is distinct from (new.validated_value, new.decided_by))
  execute function reported_benefit_is_fixed();

-- The files that show what a benefit brought.
create table benefit_evidence (
  id uuid primary key default uuidv7(),
  trust_id uuid not null,
  actual_id uuid not null,
  file_name text not null,
  media_type text not null,
  size_bytes bigint not null constraint benefit_evidence_size check (size_bytes > 0),
  sha256 text not null constraint benefit_evidence_sha256 check (sha256 ~ '^[0-9a-f]{64}$'),
  storage_key text not null,
  description text not null,
  uploaded_by uuid not null,
  uploaded_at timestamptz not null default moment(),
  illustrative boolean not null default false,
  constraint benefit_evidence_actual foreign key (trust_id, actual_id) references benefit_actual (trust_id, id)
    on update cascade,
  constraint benefit_evidence_once unique (actual_id, sha256)
);
call guard('benefit_evidence', 'trust');
