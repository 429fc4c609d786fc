create table programme (
  id uuid primary key default uuidv7(),
  slug text not null constraint programme_slug_unique unique,
  name text not null,
  description text not null,
  funder_id uuid not null references organisation,
  starts_on date not null,
  ends_on date not null,
  illustrative boolean not null,
  match_pence integer not null constraint programme_match_pence check (match_pence >= 0),
  per_grant_pence integer not null constraint programme_per_grant_pence check (per_grant_pence > 0),
  control_grant_pence bigint not null,
  control_match_pence bigint not null,
  control_total_pence bigint not null,
  -- Match rules, eligibility window, confidence scale, delay reasons, narrative sections, calendar, provenance.
  terms jsonb not null,
  revision integer not null default 1,
  constraint programme_dates check (starts_on < ends_on),
  constraint programme_totals_add_up check (control_grant_pence + control_match_pence = control_total_pence)
);
call guard('programme', 'programme');

-- Each definition that was applied, as it was.
create table programme_definition (
  id uuid primary key default uuidv7(),
  programme_id uuid not null references programme,
  number integer not null,
  sha256 text not null,
  content text not null,
  constraint programme_definition_number unique (programme_id, number)
);
call guard('programme_definition', 'programme');

-- What an organisation is in a programme: its funder, an awardee, a follower.
create table programme_role (
  id uuid primary key default uuidv7(),
  programme_id uuid not null references programme,
  organisation_id uuid not null references organisation,
  role text not null constraint programme_role_known check (role in ('funder', 'awardee', 'fast-follower', 'related')),
  status text not null constraint programme_role_status check (status in ('proposed', 'confirmed', 'ended')),
  follows_id uuid references organisation,
  valid_from date,
  valid_to date,
  provenance jsonb not null,
  revision integer not null default 1,
  constraint nobody_follows_itself check (follows_id <> organisation_id)
);
create index programme_role_programme on programme_role (programme_id, role);
create index programme_role_organisation on programme_role (organisation_id, programme_id, role);
call guard('programme_role', 'programme');
grant delete on programme_role to exemplar_app;

create table reporting_period (
  id uuid primary key default uuidv7(),
  programme_id uuid not null references programme,
  label text not null,
  financial_year text not null,
  starts_on date not null,
  ends_on date not null,
  opens_on date not null,
  due_on date not null,
  revision integer not null default 1,
  constraint reporting_period_label unique (programme_id, label),
  constraint reporting_period_of_programme unique (programme_id, id),
  constraint reporting_period_dates check (starts_on <= ends_on and ends_on < opens_on and opens_on <= due_on)
);
create unique index reporting_period_order on reporting_period (programme_id, ends_on);
call guard('reporting_period', 'programme');
