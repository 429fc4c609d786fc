create table target_set (
  id uuid primary key default uuidv7(),
  programme_id uuid not null references programme,
  code text not null,
  version integer not null,
  name text not null,
  description text not null,
  supersedes_version integer,
  target_on date not null,
  target_numerator bigint not null,
  target_denominator bigint not null constraint target_set_denominator check (target_denominator > 0),
  provenance jsonb not null,
  revision integer not null default 1,
  constraint target_set_version unique (programme_id, code, version)
);
call guard('target_set', 'programme');

create table measure (
  id uuid primary key default uuidv7(),
  programme_id uuid not null references programme,
  target_set_id uuid not null references target_set,
  code text not null,
  position integer not null,
  name text not null,
  question text not null,
  numerator_label text not null,
  denominator_label text not null,
  unit text not null constraint measure_unit check (unit in ('share', 'score', 'count')),
  direction text not null constraint measure_direction check (direction in ('up', 'down')),
  weight integer not null constraint measure_weight check (weight > 0),
  level text not null constraint measure_level check (level in ('trust', 'project')),
  target_numerator bigint not null,
  target_denominator bigint not null,
  baseline jsonb,
  trajectory jsonb not null,
  trajectory_provenance jsonb,
  provenance jsonb not null,
  revision integer not null default 1,
  constraint measure_code_unique unique (target_set_id, code)
);
call guard('measure', 'programme');

-- A value as a trust reported it and, beside it, as somebody else validated it. Never a percentage.
create table measurement (
  id uuid primary key default uuidv7(),
  programme_id uuid not null references programme,
  trust_id uuid not null references organisation,
  measure_id uuid not null references measure,
  -- For a measure of a project; null for one of the trust.
  project_id uuid,
  period_id uuid not null,
  report_version_id uuid not null,
  numerator bigint not null,
  denominator bigint not null,
  note text,
  reported_by uuid not null references person,
  reported_at timestamptz not null,
  state text not null default 'self-reported',
  validated_numerator bigint,
  validated_denominator bigint,
  validated_by uuid references person,
  validated_at timestamptz,
  validation_note text,
  illustrative boolean not null,
  revision integer not null default 1,
  constraint measurement_period foreign key (programme_id, period_id) references reporting_period (programme_id, id),
  constraint measurement_project foreign key (trust_id, project_id) references project (trust_id, id),
  constraint measurement_parts check (numerator >= 0 and denominator > 0),
  constraint measurement_validated_parts check (validated_numerator >= 0 and validated_denominator > 0),
  constraint validator_is_not_reporter check (validated_by <> reported_by),
  constraint measurement_validated_whole check (num_nulls(validated_numerator, validated_denominator) in (0, 2)),
  constraint measurement_state check (state in ('draft', 'self-reported', 'challenged', 'validated', 'rejected',
    'published', 'superseded')),
  constraint measurement_of_trust unique (trust_id, id)
);
create unique index measurement_standing on measurement (trust_id, period_id, measure_id, project_id)
  nulls not distinct where state <> 'superseded';
create index measurement_by_programme on measurement (programme_id, period_id, id);
call guard('measurement', 'trust');

create function reported_value_is_fixed() returns trigger language plpgsql as $$
begin
  raise exception 'A reported value never changes; a correction is a new measurement'
    using errcode = 'check_violation', constraint = 'reported_value_is_fixed';
end $$;
create trigger reported_value_is_fixed before update on measurement for each row
  when ((old.numerator, old.denominator, old.reported_by, old.reported_at, old.measure_id, old.period_id)
    is distinct from (new.numerator, new.denominator, new.reported_by, new.reported_at, new.measure_id, new.period_id))
  execute function reported_value_is_fixed();

-- One figure: a trust at the end of a period, toward one target set (null: all of them), as reported or as
-- validated. Numerators and denominators are in weighted parts per million, so that they add up.
create table progress (
  id uuid primary key default uuidv7(),
  programme_id uuid not null references programme,
  trust_id uuid not null references organisation,
  period_id uuid not null,
  ends_on date not null,
  target_set_id uuid references target_set,
  -- The version of the target set; of all sets together, the sum of theirs. No trend is drawn across it.
  target_version integer not null,
  basis text not null constraint progress_basis check (basis in ('self-reported', 'validated')),
  numerator bigint not null,
  denominator bigint not null,
  -- Of the measures that have a trajectory: what they reached, and what was planned.
  comparable_numerator bigint not null,
  planned_numerator bigint not null,
  planned_denominator bigint not null,
  measures_reported integer not null,
  measures_total integer not null,
  expected jsonb not null,
  computed_from jsonb not null,
  illustrative boolean not null,
  revision integer not null default 1,
  constraint progress_period foreign key (programme_id, period_id) references reporting_period (programme_id, id),
  constraint progress_once unique nulls not distinct (trust_id, period_id, target_set_id, basis),
  constraint progress_of_trust unique (trust_id, id)
);
create index progress_by_period on progress (programme_id, period_id, basis, target_set_id);
-- The target set comes last: it may be null, and "is null" does not keep an index's order for the latest figure.
create index progress_by_trust on progress (trust_id, programme_id, basis, ends_on desc, target_set_id);
call guard('progress', 'trust');

-- The programme's figures: sums over its trusts, each with its latest figure at or before the period.
create table programme_progress (
  id uuid primary key default uuidv7(),
  programme_id uuid not null references programme,
  period_id uuid not null,
  ends_on date not null,
  target_set_id uuid references target_set,
  -- The version of the target set; of all sets together, the sum of theirs. No trend is drawn across it.
  target_version integer not null,
  basis text not null constraint programme_progress_basis check (basis in ('self-reported', 'validated')),
  numerator bigint not null,
  denominator bigint not null,
  comparable_numerator bigint not null,
  planned_numerator bigint not null,
  planned_denominator bigint not null,
  trusts_reported integer not null,
  trusts_carried_forward integer not null,
  trusts_total integer not null,
  expected jsonb not null,
  illustrative boolean not null,
  revision integer not null default 1,
  constraint programme_progress_period foreign key (programme_id, period_id) references reporting_period (programme_id, id),
  constraint programme_progress_once unique nulls not distinct (programme_id, period_id, target_set_id, basis)
);
create index programme_progress_by_end on programme_progress (programme_id, ends_on);
call guard('programme_progress', 'programme');
