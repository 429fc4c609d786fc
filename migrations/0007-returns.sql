-- What each trust is awarded in all, and by financial year and kind. Whole pence.
create table award (
  id uuid primary key default uuidv7(),
  programme_id uuid not null references programme,
  trust_id uuid not null references organisation,
  grant_pence bigint not null constraint award_grant check (grant_pence >= 0),
  match_pence bigint not null constraint award_match check (match_pence >= 0),
  provenance jsonb not null,
  revision integer not null default 1,
  constraint award_once unique (programme_id, trust_id),
  constraint award_of_trust unique (trust_id, id)
);
call guard('award', 'trust');

create table award_line (
  id uuid primary key default uuidv7(),
  trust_id uuid not null,
  award_id uuid not null,
  financial_year text not null constraint award_line_year check (financial_year ~ '^\d{4}/\d{2}$'),
  kind text not null constraint award_line_kind check (kind in ('capital', 'revenue')),
  grant_pence bigint not null constraint award_line_grant check (grant_pence >= 0),
  match_pence bigint not null constraint award_line_match check (match_pence >= 0),
  provenance jsonb not null,
  revision integer not null default 1,
  constraint award_line_award foreign key (trust_id, award_id) references award (trust_id, id),
  constraint award_line_once unique (award_id, financial_year, kind)
);
call guard('award_line', 'trust');

create table progress_report (
  id uuid primary key default uuidv7(),
  programme_id uuid not null references programme,
  trust_id uuid not null references organisation,
  period_id uuid not null,
  state text not null,
  version integer not null default 1,
  accepted_version integer,
  due_on date not null,
  illustrative boolean not null default false,
  revision integer not null default 1,
  constraint progress_report_period foreign key (programme_id, period_id) references reporting_period (programme_id, id),
  constraint progress_report_once unique (trust_id, period_id),
  constraint progress_report_of_trust unique (trust_id, id),
  constraint progress_report_state check (state in ('not-due', 'open', 'draft', 'trust-certified', 'submitted',
    'queried', 'resubmitted', 'accepted', 'locked'))
);
create index progress_report_by_programme on progress_report (programme_id, due_on desc, id desc);
create index progress_report_by_period on progress_report (programme_id, period_id, due_on desc, id desc);
create index progress_report_by_state on progress_report (programme_id, state, due_on desc, id desc);
call guard('progress_report', 'trust');

create table report_version (
  id uuid primary key default uuidv7(),
  trust_id uuid not null,
  report_id uuid not null,
  number integer not null,
  content jsonb not null,
  -- Beside the content, which is long, so that a list of returns need not read it.
  confidence jsonb generated always as (content -> 'confidence') stored,
  prepared_by uuid[] not null default '{}',
  certified_by uuid references person,
  certified_at timestamptz,
  submitted_by uuid references person,
  submitted_at timestamptz,
  -- The message that asks for the assessment: its receipt is the trust's.
  receipt_id uuid,
  assessed_at timestamptz,
  accepted_by uuid references person,
  accepted_at timestamptz,
  reason text,
  constraint report_version_report foreign key (trust_id, report_id) references progress_report (trust_id, id),
  constraint report_version_number unique (report_id, number),
  constraint report_version_of_trust unique (trust_id, id),
  constraint certifier_is_not_preparer check (certified_by is null or not certified_by = any (prepared_by)),
  constraint approver_is_neither check (accepted_by is null
    or (accepted_by <> certified_by and not accepted_by = any (prepared_by)))
);
call guard('report_version', 'trust');

create function submitted_version_is_fixed() returns trigger language plpgsql as $$
begin
  raise exception 'A submitted return never changes; a correction is a new version'
    using errcode = 'check_violation', constraint = 'submitted_version_is_fixed';
end $$;
create trigger submitted_version_is_fixed before update on report_version for each row
  when (old.submitted_at is not null
    and (old.content, old.prepared_by, old.certified_by, old.certified_at, old.submitted_by, old.submitted_at)
      is distinct from (new.content, new.prepared_by, new.certified_by, new.certified_at, new.submitted_by, new.submitted_at))
  execute function submitted_version_is_fixed();

create table finding (
  id uuid primary key default uuidv7(),
  trust_id uuid not null,
  report_version_id uuid not null,
  position integer not null,
  code text not null,
  severity text not null constraint finding_severity check (severity in ('blocking', 'warning')),
  section text not null,
  place text not null,
  message text not null,
  constraint finding_version foreign key (trust_id, report_version_id) references report_version (trust_id, id),
  constraint finding_position unique (report_version_id, position)
);
call guard('finding', 'trust');

create table report_query (
  id uuid primary key default uuidv7(),
  trust_id uuid not null,
  report_id uuid not null,
  version integer not null,
  section text not null,
  question text not null,
  raised_by text not null,
  raised_at timestamptz not null default now(),
  answer text,
  answered_by uuid references person,
  answered_at timestamptz,
  revision integer not null default 1,
  constraint report_query_report foreign key (trust_id, report_id) references progress_report (trust_id, id),
  constraint report_query_of_trust unique (trust_id, id)
);
create index report_query_by_report on report_query (report_id, version);
call guard('report_query', 'trust');

alter table measurement add constraint measurement_version
  foreign key (trust_id, report_version_id) references report_version (trust_id, id);

-- Cumulative spend and forecast by line, as accepted; the version that is accepted last stands.
create table reported_spend (
  id uuid primary key default uuidv7(),
  programme_id uuid not null references programme,
  trust_id uuid not null,
  period_id uuid not null,
  report_version_id uuid not null,
  financial_year text not null,
  kind text not null constraint reported_spend_kind check (kind in ('capital', 'revenue')),
  source text not null constraint reported_spend_source check (source in ('grant', 'match')),
  spent_to_date_pence bigint not null constraint reported_spend_spent check (spent_to_date_pence >= 0),
  forecast_pence bigint not null constraint reported_spend_forecast check (forecast_pence >= 0),
  illustrative boolean not null,
  superseded boolean not null default false,
  revision integer not null default 1,
  constraint reported_spend_version foreign key (trust_id, report_version_id) references report_version (trust_id, id),
  constraint reported_spend_once unique (report_version_id, financial_year, kind, source)
);
create index reported_spend_standing on reported_spend (programme_id, trust_id, period_id) where not superseded;
call guard('reported_spend', 'trust');

create table delivery_confidence (
  id uuid primary key default uuidv7(),
  programme_id uuid not null references programme,
  trust_id uuid not null,
  period_id uuid not null,
  report_version_id uuid not null,
  scale text not null,
  rating text not null,
  reason text,
  illustrative boolean not null,
  superseded boolean not null default false,
  revision integer not null default 1,
  constraint delivery_confidence_version foreign key (trust_id, report_version_id) references report_version (trust_id, id)
);
create unique index delivery_confidence_standing on delivery_confidence (trust_id, period_id) where not superseded;
call guard('delivery_confidence', 'trust');
