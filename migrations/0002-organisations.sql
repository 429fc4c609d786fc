-- A body by its ODS code. Codes are never reused, only closed (NHS organisation data service).
create table organisation (
  id uuid primary key default uuidv7(),
  ods_code text not null constraint organisation_ods_code_unique unique
    constraint organisation_ods_code_form check (ods_code ~ '^[A-Z0-9]{2,12}$'),
  name text not null,
  region text,
  provenance jsonb not null,
  revision integer not null default 1
);
create index organisation_by_name on organisation (name);
call guard('organisation', 'programme');

create table organisation_name (
  id uuid primary key default uuidv7(),
  organisation_id uuid not null references organisation,
  name text not null,
  valid_from date,
  valid_to date,
  provenance jsonb not null,
  revision integer not null default 1,
  constraint organisation_name_dates check (valid_from is null or valid_to is null or valid_from <= valid_to)
);
call guard('organisation_name', 'programme');
grant delete on organisation_name to exemplar_app;

create table organisation_succession (
  id uuid primary key default uuidv7(),
  kind text not null constraint succession_kind check (kind in ('renamed', 'took-over-all', 'took-over-part')),
  predecessor_id uuid not null references organisation,
  successor_id uuid not null references organisation,
  effective_on date not null,
  scope text,
  provenance jsonb not null,
  revision integer not null default 1,
  constraint succession_not_of_itself check (kind = 'renamed' or predecessor_id <> successor_id),
  constraint succession_once unique (kind, predecessor_id, successor_id, effective_on)
);
call guard('organisation_succession', 'programme');
grant delete on organisation_succession to exemplar_app;

create table person (
  id uuid primary key default uuidv7(),
  name text not null,
  role text not null constraint person_role check (role in ('programme-manager', 'finance-officer', 'assessor',
    'trust-lead', 'trust-finance-director', 'auditor', 'administrator')),
  trust_id uuid references organisation,
  illustrative boolean not null default false,
  revision integer not null default 1,
  constraint person_trust_goes_with_role check ((role in ('trust-lead', 'trust-finance-director')) = (trust_id is not null)),
  constraint person_of_trust unique (trust_id, id)
);
call guard('person', 'trust');
-- A trust is told who at the funder asked or accepted.
create policy funders_people_are_known on person for select
  using (trust_id is null and (select setting('exemplar.reach')) is not null);

-- The secret is 256 random bits, so a plain SHA-256 of it is as hard to turn back as the secret is to guess.
create table api_key (
  id uuid primary key default uuidv7(),
  person_id uuid not null references person,
  trust_id uuid references organisation,
  label text not null,
  hash text not null constraint api_key_hash_unique unique,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revision integer not null default 1
);
create index api_key_person on api_key (person_id);
call guard('api_key', 'trust');
